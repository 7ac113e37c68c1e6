// Rewrites of whole tables that lock out everybody while they run.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, formatPercent, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'vacuum-full-running',
  group: 'vacuum',
  title: 'VACUUM FULL or CLUSTER running',
  why:
    'It holds an ACCESS EXCLUSIVE lock on the table until it has copied all of it and rebuilt ' +
    'every index: not even a SELECT gets through, and it needs the disk for a second copy.',
  remedy:
    'If sessions wait, ask its owner and cancel it with pg_cancel_backend: nothing is lost but ' +
    'the work so far. Use pg_repack next time, or a window in which nobody needs the table.',
  nothing: 'no VACUUM FULL or CLUSTER is running',
  needs: { privilege: 'pg_read_all_stats', role: 'primary' },
  thresholds: {
    warning_age: duration('1m', 'Younger ones are left out while nobody waits', 'a small table'),
  },
  sources: ['PostgreSQL manual, CLUSTER Progress Reporting; VACUUM: FULL'],
  parse: (row: RawRow) => ({
    pid: number(row, 'pid'),
    key: textOrNull(row, 'key') ?? '',
    command: text(row, 'command'),
    phase: text(row, 'phase'),
    object: text(row, 'object'),
    age_ms: number(row, 'age_ms'),
    total_blocks: number(row, 'total_blocks'),
    scanned_blocks: number(row, 'scanned_blocks'),
    waiting: number(row, 'waiting'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows
      .filter(({ age_ms, waiting }) => waiting > 0 || age_ms >= thresholds.warning_age)
      .map(({ object, key, ...row }) => {
        const share = (100 * row.scanned_blocks) / Math.max(1, row.total_blocks);
        return {
          object,
          key,
          severity: row.waiting > 0 ? ('critical' as const) : ('warning' as const),
          summary:
            `${row.command} of ${object} (pid ${row.pid}) has been running for ` +
            `${formatDuration(row.age_ms)}, ${row.phase}, ${formatPercent(share)} read` +
            (row.waiting > 0 ? `; ${plural(row.waiting, 'session')} waiting for the table` : ''),
          evidence: {
            pid: row.pid,
            command: row.command,
            phase: row.phase,
            age_ms: Math.round(row.age_ms),
            scanned_blocks: row.scanned_blocks,
            total_blocks: row.total_blocks,
            waiting_sessions: row.waiting,
          },
        };
      }),
  }),
});
