// Tables partitioned by time that have no partition for the rows to come.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

interface Timeline {
  readonly table: string;
  readonly has_default: boolean;
  /** True where a partition takes the rows of this moment. */
  readonly has_present: boolean;
  readonly partitions: number;
  readonly last_ends_at: string;
  /** Until the last partition ends; negative where it has, null where it never does. */
  readonly left_ms: number | null;
}

interface Limits {
  readonly warning_ahead: number;
  readonly critical_ahead: number;
  readonly forgotten_after: number;
}

export default defineCheck({
  id: 'partition-next-missing',
  group: 'partitions',
  title: 'Partitions for the time to come',
  why:
    'At the end of the last partition every insert fails, often at midnight and for the whole ' +
    'application. With a default partition nothing fails: the rows pile up there, and keep the ' +
    'partition they need from being created.',
  remedy:
    'Create the next partitions now. Then find out why the job that creates them did not: ' +
    'pg_cron, pg_partman, a migration, a person on holiday.',
  nothing: 'no table is partitioned by ranges of one time column',
  thresholds: {
    warning_ahead: duration(
      '30d',
      'Rest of the last partition from which the missing next one is a warning',
      'A month for monthly partitions; shorter ones are always told in their last period',
    ),
    critical_ahead: duration(
      '1d',
      'Rest of the last partition from which it is critical',
      'It must be done before somebody looks again',
    ),
    forgotten_after: duration(
      '90d',
      'A table whose last partition ended longer ago is taken for an archive',
      'An application whose inserts failed for so long would have been missed',
    ),
  },
  sources: ['PostgreSQL manual, Table Partitioning; CREATE TABLE, PARTITION OF'],
  parse: (row: RawRow): Timeline => ({
    table: text(row, 'table_name'),
    has_default: boolean(row, 'has_default'),
    has_present: boolean(row, 'has_present'),
    partitions: number(row, 'partitions'),
    last_ends_at: text(row, 'last_ends_at'),
    left_ms: numberOrNull(row, 'left_ms'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.flatMap((timeline) => finding(timeline, thresholds) ?? []),
  }),
});

function finding(timeline: Timeline, limits: Limits): FindingDraft | undefined {
  const { table, has_default, has_present, left_ms, last_ends_at } = timeline;
  const left = left_ms ?? Number.POSITIVE_INFINITY;
  if (left < -limits.forgotten_after) return undefined;
  if (has_present && left > limits.warning_ahead) return undefined;
  const isNear = !has_present || left <= limits.critical_ahead;
  return {
    object: table,
    severity: isNear && !has_default ? 'critical' : 'warning',
    summary: has_present
      ? `the last partition of ${table} ends in ${formatDuration(left)} (${last_ends_at}), ` +
        `${has_default ? 'then rows go to the default partition' : 'then inserts fail'}`
      : `${table} has no partition for the present${ended(left)}: ` +
        `${has_default ? 'rows go to the default partition' : 'inserts fail'}`,
    evidence: {
      left_ms: left_ms === null ? null : Math.round(left_ms),
      last_ends_at,
      has_default,
      partitions: timeline.partitions,
    },
  };
}

function ended(left_ms: number): string {
  return left_ms <= 0 ? `, the last ended ${formatDuration(-left_ms)} ago` : ', only later ones';
}
