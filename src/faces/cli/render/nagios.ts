// The report for Nagios and its kin: one status line, perfdata, and that world's exit codes.
import { plural } from '../../../kernel/units.ts';
import { visible } from '../../../kernel/visible.ts';
import { askedChecks, countStatuses, type Report, visibleReport, wasLost } from './report.ts';

const words = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;

/** 0 ok, 1 warning, 2 critical, 3 unknown; remarks of severity info are ok. */
export function nagiosStatus(reports: readonly Report[]): 0 | 1 | 2 | 3 {
  const all = reports.map(statusOf);
  if (all.includes(2)) return 2;
  if (all.includes(3)) return 3;
  return all.includes(1) ? 1 : 0;
}

/** The one line for a mistake in the command line, of which a plugin must say UNKNOWN: exit 3. */
export function renderNagiosMistake(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `PGRUNBOOK UNKNOWN - ${clean(visible(text))}\n`;
}

export function renderNagios(unread: readonly Report[]): string {
  const reports = unread.map(visibleReport);
  const word = words[nagiosStatus(reports)];
  const summary = reports.map(summarize).join('; ');
  const details = reports.flatMap(detailLines);
  const perfdata = reports.flatMap((report) => perfdataOf(report, reports.length > 1));
  const first = `PGRUNBOOK ${word} - ${clean(summary)} | ${perfdata.join(' ')}`;
  return `${[first, ...details].join('\n')}\n`;
}

function statusOf(report: Report): 0 | 1 | 2 | 3 {
  if ('error' in report) return report.error.kind === 'unreachable' ? 2 : 3;
  const { inspection } = report;
  const has = (severity: string) =>
    inspection.findings.some((finding) => finding.severity === severity);
  if (has('critical')) return 2;
  if (wasLost(inspection)) return 3;
  if (has('warning')) return 1;
  // A check that examined something says how the server is; none at all says nothing.
  return inspection.checks.some(({ examined }) => examined > 0) ? 0 : 3;
}

function summarize(report: Report): string {
  if ('error' in report) return `${report.target}: ${report.error.code}: ${report.error.message}`;
  const { findings } = report.inspection;
  const of = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const counts = `${of('critical')} critical, ${plural(of('warning'), 'warning')}`;
  const [worst] = findings;
  const example = worst && worst.severity !== 'info' ? `: ${worst.summary}` : '';
  return `${report.target}: ${counts}${example}`;
}

function detailLines(report: Report): readonly string[] {
  if ('error' in report) return [];
  return report.inspection.findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, check, summary }) => clean(`${severity} ${check}: ${summary}`));
}

function perfdataOf(report: Report, isOneOfMany: boolean): readonly string[] {
  if ('error' in report) return [];
  const { inspection } = report;
  const { ok, finding, skipped, failed } = countStatuses(askedChecks(inspection));
  // A quote would end the label, an equals sign start its value, a bar end the line.
  const prefix = isOneOfMany ? `${inspection.target.replace(/['=|]/g, '_')}:` : '';
  const values = { ok, finding, skipped, failed };
  const time = `'${prefix}time'=${(inspection.duration_ms / 1_000).toFixed(3)}s`;
  return [time, ...Object.entries(values).map(([key, value]) => `'${prefix}${key}'=${value}`)];
}

// A bar would start the perfdata, a line break the next line.
function clean(text: string): string {
  return text.replaceAll('|', '/').replace(/\s+/g, ' ');
}
