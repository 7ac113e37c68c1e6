// Vacuums that prevent wraparound while others wait for them.
import { defineCheck } from '../../../kernel/check.ts';
import {
  boolean,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';
import { formatDuration, formatPercent, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'wraparound-vacuum-running',
  group: 'wraparound',
  title: 'Vacuums to prevent wraparound',
  why:
    'This vacuum does not give way to a conflicting lock, so a migration on its table waits, and ' +
    'everything that wants the table waits behind the migration.',
  remedy:
    'Leave the vacuum alone: it comes back at once and starts over. Cancel the waiting ALTER ' +
    'TABLE instead and run it with a short lock_timeout once the vacuum has ended.',
  nothing: 'no autovacuum worker is running',
  needs: { privilege: 'pg_read_all_stats', role: 'primary' },
  thresholds: {},
  sources: [
    'PostgreSQL manual, Routine Vacuuming: an anti-wraparound autovacuum is not interrupted',
  ],
  parse: (row: RawRow) => ({
    pid: number(row, 'pid'),
    key: text(row, 'key'),
    age_ms: numberOrNull(row, 'age_ms') ?? 0,
    prevents_wraparound: boolean(row, 'prevents_wraparound'),
    relation: textOrNull(row, 'relation'),
    phase: textOrNull(row, 'phase'),
    total_blocks: numberOrNull(row, 'total_blocks'),
    scanned_blocks: numberOrNull(row, 'scanned_blocks'),
    waiting: number(row, 'waiting'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows
      .filter(({ prevents_wraparound }) => prevents_wraparound)
      .map((row) => {
        const done_percent =
          row.total_blocks === null || row.total_blocks === 0
            ? null
            : (100 * (row.scanned_blocks ?? 0)) / row.total_blocks;
        const progress = done_percent === null ? '' : `, ${formatPercent(done_percent)} scanned`;
        const waits = row.waiting > 0 ? `, and ${plural(row.waiting, 'session')} wait for it` : '';
        return {
          object: row.relation ?? `pid ${row.pid}`,
          key: row.key,
          severity: row.waiting > 0 ? 'warning' : 'info',
          summary:
            `autovacuum of ${row.relation ?? 'a table'} (pid ${row.pid}) prevents wraparound, ` +
            `for ${formatDuration(row.age_ms)}${progress}${waits}`,
          evidence: {
            pid: row.pid,
            age_ms: Math.round(row.age_ms),
            phase: row.phase,
            waiting_sessions: row.waiting,
          },
        };
      }),
  }),
});
