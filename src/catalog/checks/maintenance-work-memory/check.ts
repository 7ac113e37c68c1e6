// Little memory for vacuum and index builds beside a table that is large.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatSize } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'maintenance-work-memory',
  group: 'settings',
  title: 'Memory for vacuum and index builds',
  why:
    'CREATE INDEX sorts in this memory and spills to disk beyond it. Up to 16, vacuum keeps six ' +
    'bytes for each dead row in it; when it is full, every index is read once more.',
  remedy:
    'Set maintenance_work_mem to 512MB or 1GB (a reload suffices), and autovacuum_work_mem to ' +
    'less if several workers would take it at once.',
  nothing: 'this database has no table',
  thresholds: {
    least_memory: size(
      '128MB',
      'maintenance_work_mem below this',
      'postgresqltuner: 64 MB is little',
    ),
    least_table: size(
      '4GB',
      'Only beside a table of this size',
      'a fifth of its rows of 100 bytes are eight million: 48 MB of dead row numbers',
    ),
  },
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, maintenance_work_mem; autovacuum_work_mem', 'postgresqltuner'],
  parameters: ({ thresholds }) => [thresholds.least_table],
  parse: (row: RawRow) => ({
    memory_bytes: number(row, 'memory_bytes'),
    autovacuum_bytes: number(row, 'autovacuum_bytes'),
    name: text(row, 'name'),
    table_bytes: number(row, 'table_bytes'),
    rows: number(row, 'rows'),
  }),
  judge({ rows, examined }, { thresholds }) {
    const large = rows.filter(({ memory_bytes }) => memory_bytes < thresholds.least_memory);
    return {
      examined,
      findings: large.map(({ memory_bytes, autovacuum_bytes, name, table_bytes, rows: count }) => ({
        object: 'maintenance_work_mem',
        severity: 'info',
        summary:
          `maintenance_work_mem is ${formatSize(memory_bytes)} ` +
          `beside ${name} of ${formatSize(table_bytes)}`,
        evidence: {
          memory_bytes,
          autovacuum_work_mem_bytes: autovacuum_bytes < 0 ? null : autovacuum_bytes,
          table: name,
          table_bytes,
          table_rows: count,
        },
      })),
    };
  },
});
