// The report as JUnit XML, for build servers: a suite a target, a case a check.
import type { CheckResult, Inspection } from '../../../kernel/model.ts';
import {
  askedChecks,
  countStatuses,
  isAtLeast,
  type RenderOptions,
  type Report,
  visibleReport,
} from './report.ts';

export function renderJunit(reports: readonly Report[], options: RenderOptions): string {
  const suites = reports.map((report) => renderSuite(visibleReport(report), options)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites}</testsuites>\n`;
}

function renderSuite(report: Report, options: RenderOptions): string {
  const name = attribute('name', report.target);
  if ('error' in report) {
    const message = attribute('message', `${report.error.code}: ${report.error.message}`);
    const body = `    <testcase name="connect"><error ${message}/></testcase>\n`;
    return `  <testsuite ${name} tests="1" errors="1">\n${body}  </testsuite>\n`;
  }
  const { inspection } = report;
  const checks = askedChecks(inspection);
  const { skipped, failed } = countStatuses(checks);
  const cases = checks.map((check) => ({ check, body: bodyOf(check, inspection, options) }));
  const failures = cases.filter(({ body }) => body.includes('<failure')).length;
  const numbers = { tests: checks.length, failures, errors: failed, skipped };
  const attributes = Object.entries(numbers).map(([key, value]) => `${key}="${value}"`);
  const time = `time="${(inspection.duration_ms / 1_000).toFixed(3)}"`;
  const lines = cases.map(({ check, body }) => {
    const seconds = (check.duration_ms / 1_000).toFixed(3);
    return `    <testcase ${attribute('name', check.id)} time="${seconds}">${body}</testcase>\n`;
  });
  const open = `  <testsuite ${name} ${attributes.join(' ')} ${time}>\n`;
  return `${open}${lines.join('')}  </testsuite>\n`;
}

function bodyOf(check: CheckResult, inspection: Inspection, options: RenderOptions): string {
  if (check.status === 'skipped') return `<skipped ${attribute('message', check.reason ?? '')}/>`;
  if (check.status === 'failed') return `<error ${attribute('message', check.reason ?? '')}/>`;
  const findings = inspection.findings.filter((finding) => finding.check === check.id);
  const least = options.fail_on;
  return findings
    .map((finding) => {
      const { severity, object, summary } = finding;
      const failing = least !== 'never' && isAtLeast(finding, least);
      // A remark below --fail-on must not turn a build red, nor be lost.
      if (!failing) return `<system-out>${xmlText(`${severity}: ${summary}`)}</system-out>`;
      const head = `${attribute('message', summary)} ${attribute('type', severity)}`;
      return `<failure ${head}>${xmlText(object)}</failure>`;
    })
    .join('');
}

function attribute(name: string, value: string): string {
  return `${name}="${xmlText(value)}"`;
}

// What the production Char of XML 1.0 leaves out has no place in it, not even as a reference.
const notXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function xmlText(text: string): string {
  return text
    .replace(notXml, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
