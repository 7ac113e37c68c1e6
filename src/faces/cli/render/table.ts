// The report for people: what is wrong, how sure, what next.
import { stripVTControlCharacters, styleText } from 'node:util';
import type { RunbookError } from '../../../kernel/errors.ts';
import type { CheckResult, Finding, Inspection, Severity } from '../../../kernel/model.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  askedChecks,
  countStatuses,
  type RenderOptions,
  type Report,
  visibleError,
  visibleReport,
  wasLost,
} from './report.ts';

export function renderTable(reports: readonly Report[], options: RenderOptions): string {
  return reports.map((report) => renderReport(visibleReport(report), options)).join('\n');
}

function renderReport(report: Report, options: RenderOptions): string {
  if ('error' in report) return `${report.target}\n\n${renderError(report.error, options)}`;
  const { inspection } = report;
  const paint = painter(options.color);
  return `${[
    paint('bold', header(inspection)),
    '',
    ...findingLines(inspection.findings, options),
    ...summaryLines(inspection, options),
  ].join('\n')}\n`;
}

/** What happened, why, and what to do, on three lines. */
export function renderError(unread: RunbookError, options: { readonly color: boolean }): string {
  const error = visibleError(unread);
  const paint = painter(options.color);
  const parts = [error.why, error.remedy].filter((part) => part !== undefined && part !== '');
  const details = parts.map((part) => `  ${String(part).replaceAll('\n', '\n  ')}\n`).join('');
  return `${paint('red', error.code)}: ${error.message}\n${details}`;
}

function header({ target, server, duration_ms }: Inspection): string {
  const role = server.is_in_recovery ? 'standby' : 'primary';
  const who = `read-only as ${server.user}`;
  const version = `PostgreSQL ${server.version}`;
  return [target, version, role, server.database, formatDuration(duration_ms), who].join(' · ');
}

// A screen of what matters: everything critical, then so many warnings; the rest is counted.
const warningsShown = 12;

function findingLines(findings: readonly Finding[], options: RenderOptions): readonly string[] {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity);
  const warnings = of('warning');
  const shown = options.all ? findings : [...of('critical'), ...warnings.slice(0, warningsShown)];
  const width = Math.max(0, ...shown.map(({ check }) => check.length));
  const hidden = options.all
    ? []
    : [
        warnings.length > warningsShown
          ? plural(warnings.length - warningsShown, 'more warning')
          : '',
        of('info').length > 0 ? plural(of('info').length, 'remark') : '',
      ].filter((text) => text !== '');
  return [
    ...shown.flatMap((finding) => oneFinding(finding, width, options)),
    ...(hidden.length > 0 ? [`  …${hidden.join(' and ')}: --all`] : []),
    ...(findings.length > 0 ? [''] : []),
  ];
}

const colors = { critical: 'red', warning: 'yellow', info: 'cyan' } as const;

function oneFinding(finding: Finding, width: number, options: RenderOptions): readonly string[] {
  const paint = painter(options.color);
  const severity = paint(colors[finding.severity], finding.severity.padEnd(8));
  const lead = `  ${severity}  ${finding.check.padEnd(width)}  `;
  const indent = stripVTControlCharacters(lead).length;
  // On a narrow screen the sentence goes below the name, or it would be a column of words.
  const isNarrow = options.columns - indent < 40;
  const offset = isNarrow ? 12 : indent;
  const lines = wrap(finding.summary, options.columns - offset);
  const pad = ' '.repeat(offset);
  const body = isNarrow
    ? [lead.trimEnd(), ...lines.map((line) => pad + line)]
    : [lead + (lines[0] ?? ''), ...lines.slice(1).map((line) => pad + line)];
  const isUrgent = finding.severity === 'critical';
  return isUrgent ? [...body, paint('dim', `${pad}next: ${finding.next}`)] : body;
}

function summaryLines(inspection: Inspection, options: RenderOptions): readonly string[] {
  const checks = askedChecks(inspection);
  const { ok, finding, skipped, failed } = countStatuses(checks);
  const counts = [
    `${ok} ok`,
    `${finding} found something`,
    `${skipped} skipped`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(' · ');
  const indented = (text: string) => wrap(text, options.columns - 2).map((line) => `  ${line}`);
  const lost = 'The server went away before the inspection was over.';
  return [
    ...indented(`${plural(checks.length, 'check')}: ${counts}`),
    ...(wasLost(inspection) ? indented(lost) : []),
    ...reasonLines(checks, 'failed', options),
    ...reasonLines(checks, 'skipped', options),
    ...(finding > 0 ? indented('Why and what to do: pgrunbook check --explain CHECK') : []),
  ];
}

type ReasonCode = NonNullable<CheckResult['reason_code']>;

// Reasons that many checks have: one sentence for all of them, unless every reason is asked for.
const commonReasons: Partial<Record<ReasonCode, string>> = {
  'nothing-to-examine': 'nothing to examine',
  'needs-privilege': 'need privileges (pgrunbook doctor TARGET names the GRANTs)',
  'needs-configuration': 'need something declared in pgrunbook.yaml',
  'needs-history': 'compare two samples (--window 30s)',
  'needs-role': 'concern the other kind of server, primary or standby',
  'needs-version': 'concern newer versions of PostgreSQL',
  'on-request': 'read whole relations and run only when named (--only)',
};

function reasonLines(
  checks: readonly CheckResult[],
  status: CheckResult['status'],
  options: RenderOptions,
): readonly string[] {
  const concerned = checks.filter((check) => check.status === status);
  const groups = Map.groupBy(concerned, ({ reason, reason_code }) => {
    const common =
      options.all || reason_code === undefined ? undefined : commonReasons[reason_code];
    return common ?? reason ?? 'unknown';
  });
  const lead = `  ${status.padEnd(8)}  `;
  return [...groups].flatMap(([reason, members]) => {
    const names = members.map(({ id }) => id);
    const few = options.all ? names : names.slice(0, 3);
    const rest = names.length > few.length ? ` and ${names.length - few.length} more` : '';
    const lines = wrap(`${reason}: ${few.join(', ')}${rest}`, options.columns - lead.length);
    return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line);
  });
}

// Below this many columns lines would be torn words, so the terminal may break them instead.
const leastWidth = 20;

/** Breaks at spaces, and within a word only where it is longer than a line. */
export function wrap(text: string, columns: number): readonly string[] {
  const width = Math.max(leastWidth, columns);
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((long) => pieces(long, width))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  const letters = [...word];
  const count = Math.ceil(letters.length / width);
  return Array.from({ length: count }, (_, index) =>
    letters.slice(index * width, (index + 1) * width).join(''),
  );
}

type Style = Parameters<typeof styleText>[0];

function painter(color: boolean): (style: Style, text: string) => string {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}
