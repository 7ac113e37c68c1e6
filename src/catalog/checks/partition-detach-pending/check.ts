// Partitions that are half detached, because the command was cancelled or its session ended.
import { defineCheck } from '../../../kernel/check.ts';
import { type RawRow, text } from '../../../kernel/row.ts';

interface PendingPartition {
  readonly name: string;
  readonly table: string;
}

export default defineCheck({
  id: 'partition-detach-pending',
  group: 'partitions',
  title: 'Partitions that are half detached',
  why:
    'Queries of the table no longer see the rows, but the partition still belongs to it: it ' +
    'cannot be attached elsewhere, and no other partition can be detached concurrently.',
  remedy:
    'ALTER TABLE … DETACH PARTITION … FINALIZE completes it. To have the rows back in the table, ' +
    'finalize and attach the partition again.',
  nothing: 'no table has partitions',
  thresholds: {},
  sources: ['PostgreSQL manual, ALTER TABLE, DETACH PARTITION … CONCURRENTLY and FINALIZE'],
  parse: (row: RawRow): PendingPartition => ({
    name: text(row, 'partition_name'),
    table: text(row, 'table_name'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, table }) => ({
      object: name,
      severity: 'warning',
      summary: `${name} is half detached from ${table}, and nobody is detaching it`,
      evidence: { table },
    })),
  }),
});
