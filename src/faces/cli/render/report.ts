// What every output format of `check` shows: one report a target, or why there is none.
import { errorKinds, RunbookError } from '../../../kernel/errors.ts';
import type { CheckResult, Finding, Inspection, Severity } from '../../../kernel/model.ts';
import { severities } from '../../../kernel/model.ts';
import { visible } from '../../../kernel/visible.ts';

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

/** The report as people may read it: nothing in its texts can steer their terminal. */
export function visibleReport(report: Report): Report {
  const target = visible(report.target);
  if ('error' in report) return { target, error: visibleError(report.error) };
  const { inspection } = report;
  const { server } = inspection;
  return {
    target,
    inspection: {
      ...inspection,
      target: visible(inspection.target),
      server: {
        ...server,
        version: visible(server.version),
        user: visible(server.user),
        database: visible(server.database),
      },
      checks: inspection.checks.map((check) =>
        check.reason === undefined ? check : { ...check, reason: visible(check.reason) },
      ),
      findings: inspection.findings.map((finding) => ({
        ...finding,
        object: visible(finding.object),
        summary: visible(finding.summary),
        next: visible(finding.next),
      })),
    },
  };
}

/** The same error; problems of a configuration, whys and remedies may have several lines. */
export function visibleError(error: RunbookError): RunbookError {
  const { code, message, why, remedy, cause } = error;
  const lines = (text: string) => text.split('\n').map(visible).join('\n');
  return new RunbookError(code, {
    what: code === 'usage/config' ? lines(message) : visible(message),
    why: lines(why),
    ...(remedy === undefined ? {} : { remedy: lines(remedy) }),
    cause,
  });
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
