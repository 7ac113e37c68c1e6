// An exporter that does not answer, or that cannot see its server.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, numberOrNull, type RawRow, text, textOrNull } from '../../../kernel/row.ts';

interface Page {
  readonly exporter: string;
  readonly http_status: number | null;
  readonly failure: string | null;
  readonly up: number | null;
  readonly scrape_error: number | null;
  readonly samples: number;
}

export default defineCheck({
  id: 'exporter-health',
  group: 'application',
  title: 'Exporter of metrics',
  why:
    'Dashboards and alerts are fed by the exporter. When it is silent or blind, nothing is red, ' +
    'and nobody is told of the next fault.',
  remedy:
    'See that the exporter runs and listens, then read its log. pg_up = 0 means that its own ' +
    'connection fails: check its role, password and pg_hba.conf.',
  nothing: 'no exporter is configured',
  source: 'exporter',
  thresholds: {},
  procedures: ['exporter-and-dashboard-health'],
  sources: ['prometheus-community/postgres_exporter: pg_up, pg_exporter_last_scrape_error'],
  parse: (row: RawRow): Page => ({
    exporter: text(row, 'exporter'),
    http_status: numberOrNull(row, 'http_status'),
    failure: textOrNull(row, 'failure'),
    up: numberOrNull(row, 'up'),
    scrape_error: numberOrNull(row, 'scrape_error'),
    samples: number(row, 'samples'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.flatMap(finding) }),
});

function finding(page: Page): readonly FindingDraft[] {
  const fault = faultOf(page);
  if (fault === undefined) return [];
  const { exporter, http_status, failure, up, samples } = page;
  return [
    {
      object: exporter,
      severity: 'warning',
      summary: `the exporter at ${exporter} ${fault}`,
      evidence: { http_status, failure, up, samples },
    },
  ];
}

// From the outside in: whether it answers, whether it reaches the server, whether it could read.
function faultOf({ http_status, failure, up, scrape_error }: Page): string | undefined {
  if (http_status === null) return `does not answer: ${failure ?? 'no reason given'}`;
  if (http_status !== 200) return `answers with status ${http_status}`;
  if (up === null) return 'has a page without pg_up: it is no exporter of PostgreSQL';
  if (up === 0) return 'cannot reach its server (pg_up is 0)';
  if (scrape_error === 1) return 'could not read some of its metrics in its last scrape';
  return undefined;
}
