// The report as Markdown, for tickets and pull requests.
import type { Finding, Inspection } from '../../../kernel/model.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import { askedChecks, countStatuses, type Report, visibleReport } from './report.ts';

export function renderMarkdown(reports: readonly Report[]): string {
  return reports.map((report) => renderReport(visibleReport(report))).join('\n');
}

function renderReport(report: Report): string {
  if ('error' in report) {
    const { code, message, why, remedy } = report.error;
    const details = [why, remedy].filter((part) => part !== undefined).join(' ');
    return `# ${plainText(report.target)}\n\n**${code}**: ${plainText(`${message}. ${details}`)}\n`;
  }
  const { inspection } = report;
  return [
    `# ${plainText(inspection.target)}`,
    '',
    describe(inspection),
    '',
    ...findingTable(inspection.findings),
    ...checkTable(inspection),
  ].join('\n');
}

function describe(inspection: Inspection): string {
  const { ok, finding, skipped, failed } = countStatuses(askedChecks(inspection));
  const { server } = inspection;
  const role = server.is_in_recovery ? 'standby' : 'primary';
  return (
    `PostgreSQL ${plainText(server.version)}, ${role}, inspected ${inspection.started_at} in ` +
    `${formatDuration(inspection.duration_ms)}: ${plural(ok, 'check')} ok, ` +
    `${finding} found something, ${skipped} skipped, ${failed} failed.`
  );
}

function findingTable(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(
    ({ severity, check, object, summary }) =>
      `| ${severity} | ${check} | ${plainText(object)} | ${plainText(summary)} |`,
  );
  return ['| severity | check | object | what |', '|---|---|---|---|', ...rows, ''];
}

function checkTable(inspection: Inspection): readonly string[] {
  const rows = askedChecks(inspection)
    .filter(({ status }) => status === 'skipped' || status === 'failed')
    .map(({ id, status, reason }) => `| ${id} | ${status} | ${plainText(reason ?? '')} |`);
  if (rows.length === 0) return [];
  return ['| not answered | status | reason |', '|---|---|---|', ...rows, ''];
}

// Names come from the database: none may open a table cell, a tag or a link.
function plainText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#&~]/g, '\\$&').replace(/\s+/g, ' ');
}
