// Plain values for tests of the engine: a port that answers from a list, and simple checks.
import type { InspectOptions } from '../../src/engine/inspect.ts';
import { noBaselines } from '../../src/kernel/baselines.ts';
import type { CatalogCheck } from '../../src/kernel/catalog.ts';
import { type CheckDefinition, defineCheck } from '../../src/kernel/check.ts';
import type { ProbeResult, Server } from '../../src/kernel/model.ts';
import { number, type RawRow, text } from '../../src/kernel/row.ts';
import type { Statement, TargetSession } from '../../src/kernel/session.ts';
import { amount } from '../../src/kernel/thresholds.ts';

interface Row {
  readonly object: string;
  readonly count: number;
}

const specs = { warning_count: amount(1, 'help', 'source') };

export function entry(
  id: string,
  change: Partial<CheckDefinition<Row, typeof specs>> = {},
  row_limit = 10,
): CatalogCheck {
  const check = defineCheck<Row, typeof specs>({
    id,
    group: 'tables',
    title: id,
    why: 'Why.',
    remedy: 'Do.',
    nothing: 'nothing is there',
    thresholds: specs,
    sources: ['here'],
    parse: (row: RawRow) => ({ object: text(row, 'object'), count: number(row, 'count') }),
    judge: ({ rows, examined }, { thresholds }) => ({
      examined,
      findings: rows
        .filter(({ count }) => count >= thresholds.warning_count)
        .map(({ object, count }) => ({
          object,
          severity: 'warning',
          summary: object,
          evidence: { count },
        })),
    }),
    ...change,
  });
  const statements = [{ since: 14, sql: change.probe ?? id }];
  const probe = { id: change.probe ?? id, source: 'postgres', lane: 'fast', statements, row_limit };
  return { check, probe: { ...probe, source: 'postgres', lane: 'fast' }, document: '' };
}

export const server: Server = {
  version_num: 170_010,
  version: '17.10',
  is_in_recovery: false,
  user: 'monitor',
  database: 'app',
  database_oid: 5,
  system_identifier: '7',
  is_superuser: false,
  roles: [],
  extensions: {},
  functions: [],
  monitor_functions: [],
  now_ms: 0,
};

type Answers = Readonly<Record<string, ProbeResult>>;

export function rows(list: readonly RawRow[], truncated = false): ProbeResult {
  return { status: 'ok', rows: list, truncated, duration_ms: 1 };
}

export function session(answers: Answers, asked: string[] = []): TargetSession {
  const run = async ({ sql }: Statement) => {
    asked.push(sql);
    return answers[sql] ?? rows([]);
  };
  const nothing = async () => undefined;
  return {
    server,
    runners: [{ run }],
    pgbouncer: undefined,
    exporter: undefined,
    settle: nothing,
    close: nothing,
  };
}

let time_ms = 0;
const clock = {
  now_ms: () => {
    time_ms += 1;
    return time_ms;
  },
};

export function options(checks: readonly CatalogCheck[], more: Partial<InspectOptions> = {}) {
  return {
    target: 'test',
    catalog: { version: 'test', checks },
    selection: { only: [], skip: [], fast_lane_only: false },
    thresholds: {},
    baselines: noBaselines,
    clock,
    deadline_ms: 10_000,
    ...more,
  };
}

export const fine: RawRow = { object: 'a', count: 0 };
export const bad: RawRow = { object: 'b', count: 2 };
