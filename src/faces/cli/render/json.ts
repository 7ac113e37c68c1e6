// JSON for scripts: one document, or one line a fact. Keys are only ever added.
import type { RunbookError } from '../../../kernel/errors.ts';
import type { Finding, Inspection } from '../../../kernel/model.ts';
import { askedChecks, type Report } from './report.ts';

/** One target gives one object; several give `{schema, targets: [...]}`. */
export function renderJson(reports: readonly Report[]): string {
  const [only, ...more] = reports;
  const document =
    only !== undefined && more.length === 0
      ? { schema: 1, ...toJson(only) }
      : { schema: 1, targets: reports.map(toJson) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Each line is a `target`, a `check`, a `finding` or an `error`, with the target's name. */
export function renderNdjson(reports: readonly Report[]): string {
  const lines = reports.flatMap((report): readonly object[] => {
    const { target } = report;
    if ('error' in report) return [{ type: 'error', target, ...errorJson(report.error) }];
    const { checks, findings, ...header } = inspectionJson(report.inspection);
    return [
      { type: 'target', ...header },
      ...checks.map((check) => ({ type: 'check', target, ...check })),
      ...findings.map((finding) => ({ type: 'finding', target, ...finding })),
    ];
  });
  return lines.map((line) => `${JSON.stringify({ schema: 1, ...line })}\n`).join('');
}

function toJson(report: Report): object {
  if ('error' in report) return { target: report.target, error: errorJson(report.error) };
  return inspectionJson(report.inspection);
}

function errorJson({ code, message, why, remedy }: RunbookError) {
  return { code, what: message, why, do: remedy ?? null };
}

function inspectionJson(inspection: Inspection) {
  return {
    target: inspection.target,
    server_version: inspection.server.version,
    in_recovery: inspection.server.is_in_recovery,
    started_at: inspection.started_at,
    duration_ms: round(inspection.duration_ms),
    checks: askedChecks(inspection).map((check) => ({
      ...check,
      duration_ms: round(check.duration_ms),
    })),
    findings: inspection.findings.map(findingJson),
  };
}

function findingJson(finding: Finding) {
  const { check, object, severity, summary, evidence, runbook, fingerprint, next } = finding;
  return { check, object, severity, summary, evidence, runbook, fingerprint, next };
}

function round(duration_ms: number): number {
  return Math.round(duration_ms * 10) / 10;
}
