// What every output format of `check` shows: one report a target, or why there is none.
import { errorKinds, type RunbookError } from '../../../kernel/errors.ts';
import type { CheckResult, Finding, Inspection, Severity } from '../../../kernel/model.ts';
import { severities } from '../../../kernel/model.ts';

/** One target's inspection, or the error that kept us from it. */
export type Report =
  | { readonly target: string; readonly inspection: Inspection }
  | { readonly target: string; readonly error: RunbookError };

export interface RenderOptions {
  readonly columns: number;
  readonly color: boolean;
  /** Shows every finding and every skipped check. */
  readonly all: boolean;
  readonly version: string;
  readonly fail_on: Severity | 'never';
}

export interface Counts {
  readonly ok: number;
  readonly finding: number;
  readonly skipped: number;
  readonly failed: number;
}

export function countStatuses(checks: readonly CheckResult[]): Counts {
  const of = (status: CheckResult['status']) =>
    checks.filter((check) => check.status === status).length;
  return { ok: of('ok'), finding: of('finding'), skipped: of('skipped'), failed: of('failed') };
}

/** Checks that the user did not leave out. */
export function askedChecks(inspection: Inspection): readonly CheckResult[] {
  return inspection.checks.filter(({ reason_code }) => reason_code !== 'deselected');
}

export function isAtLeast(finding: Finding, least: Severity): boolean {
  return severities.indexOf(finding.severity) >= severities.indexOf(least);
}

/** True where the server went away before the inspection was over. */
export function wasLost(inspection: Inspection): boolean {
  return inspection.checks.some(({ reason_code }) => reason_code === 'unreachable');
}

/** The exit status: the error's own, 3 where the server went away, 1 for findings, 0. */
export function exitStatus(reports: readonly Report[], fail_on: Severity | 'never'): number {
  const statuses = reports.map((report) => {
    if ('error' in report) return errorKinds[report.error.kind].exit;
    if (wasLost(report.inspection)) return 3;
    if (fail_on === 'never') return 0;
    return report.inspection.findings.some((finding) => isAtLeast(finding, fail_on)) ? 1 : 0;
  });
  return Math.max(0, ...statuses);
}
