// The report as SARIF 2.1.0, for code-scanning pages that show findings over time.
import type { Finding } from '../../../kernel/model.ts';
import type { RenderOptions, Report } from './report.ts';

const levels = { critical: 'error', warning: 'warning', info: 'note' } as const;

export function renderSarif(reports: readonly Report[], options: RenderOptions): string {
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: reports.map((report) => toRun(report, options.version)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function toRun(report: Report, version: string): object {
  const findings = 'error' in report ? [] : report.inspection.findings;
  const rules = new Map(findings.map(({ check, title }) => [check, title]));
  return {
    tool: {
      driver: {
        name: 'pgrunbook',
        version,
        rules: [...rules].map(([id, title]) => ({ id, shortDescription: { text: title } })),
      },
    },
    automationDetails: { id: `pgrunbook/${report.target}` },
    invocations: [toInvocation(report)],
    results: findings.map((finding) => toResult(finding, report.target)),
  };
}

function toInvocation(report: Report): object {
  if (!('error' in report)) {
    return {
      executionSuccessful: report.inspection.checks.every(({ status }) => status !== 'failed'),
      startTimeUtc: report.inspection.started_at,
    };
  }
  const { code, message } = report.error;
  const notification = { level: 'error', message: { text: `${code}: ${message}` } };
  return { executionSuccessful: false, toolExecutionNotifications: [notification] };
}

function toResult(finding: Finding, target: string): object {
  return {
    ruleId: finding.check,
    level: levels[finding.severity],
    message: { text: finding.summary },
    partialFingerprints: { 'pgrunbook/v1': finding.fingerprint },
    locations: [
      {
        // Code scanning refuses a result without a file and a line; a target is the nearest to one.
        physicalLocation: {
          artifactLocation: { uri: `pgrunbook/${target.replace(/[^\w-]+/g, '-')}` },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { name: finding.object, fullyQualifiedName: `${target}/${finding.object}` },
        ],
      },
    ],
    properties: { ...finding.evidence },
  };
}
