// Tables that autovacuum was told to leave alone.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { formatCount, formatSize } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'autovacuum-disabled-table',
  group: 'vacuum',
  title: 'Tables without autovacuum',
  why:
    'The table is neither vacuumed nor analyzed until somebody does it by hand, which is usually ' +
    'forgotten: it bloats and its plans go wrong.',
  remedy:
    'ALTER TABLE … RESET (autovacuum_enabled). If autovacuum was a burden on this table, give it ' +
    'a smaller autovacuum_vacuum_scale_factor so that each run has little to do.',
  nothing: 'there is no user table',
  thresholds: {},
  sources: ['PostgreSQL manual, Storage Parameters: autovacuum_enabled'],
  procedures: ['autovacuum-status'],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    dead_rows: number(row, 'dead_rows'),
    size_bytes: number(row, 'size_bytes'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ object, dead_rows, size_bytes }) => ({
      object,
      severity: 'warning',
      summary:
        `autovacuum is switched off for ${object} (${formatSize(size_bytes)}, ` +
        `${formatCount(dead_rows)} dead rows)`,
      evidence: { dead_rows, size_bytes },
    })),
  }),
});
