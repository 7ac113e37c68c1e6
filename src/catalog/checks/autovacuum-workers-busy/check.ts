// Autovacuum that has no worker left for the next table.
import { defineCheck } from '../../../kernel/check.ts';
import { list, number, type RawRow } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'autovacuum-workers-busy',
  group: 'vacuum',
  title: 'All autovacuum workers busy',
  why:
    'While every worker is held up by a large table, no other table of any database is ' +
    'vacuumed or analyzed: small busy tables bloat, and their plans go stale.',
  remedy:
    'Let the workers go faster before adding more, as they share one cost limit: raise ' +
    'autovacuum_vacuum_cost_limit or lower autovacuum_vacuum_cost_delay, both by a reload. Then ' +
    'raise autovacuum_max_workers.',
  nothing: 'autovacuum is off',
  needs: { privilege: 'pg_read_all_stats', role: 'primary' },
  thresholds: {
    warning_age: duration(
      '15m',
      'How long even the youngest worker must have been at work',
      'field practice: all workers for 15 minutes',
    ),
  },
  procedures: ['autovacuum-status'],
  sources: ['PostgreSQL manual, Automatic Vacuuming: autovacuum_max_workers, cost limit shared'],
  parse: (row: RawRow) => ({
    allowed: number(row, 'allowed'),
    busy: number(row, 'busy'),
    youngest_ms: number(row, 'youngest_ms'),
    oldest_ms: number(row, 'oldest_ms'),
    tasks: list(row, 'tasks'),
  }),
  judge({ rows: [row] }, { thresholds }) {
    if (row === undefined) return { examined: 0, findings: [] };
    const { allowed, busy, youngest_ms, oldest_ms, tasks } = row;
    if (busy < allowed || youngest_ms < thresholds.warning_age) {
      return { examined: allowed, findings: [] };
    }
    return {
      examined: allowed,
      findings: [
        {
          object: 'autovacuum',
          severity: 'warning',
          summary:
            `All ${allowed} autovacuum workers have been busy for at least ` +
            `${formatDuration(youngest_ms)}, the first for ${formatDuration(oldest_ms)}`,
          evidence: {
            allowed,
            busy,
            youngest_ms: Math.round(youngest_ms),
            oldest_ms: Math.round(oldest_ms),
            // Names of tables and no statement of anybody: autovacuum writes these itself.
            tasks: tasks.slice(0, 5).join('; '),
          },
        },
      ],
    };
  },
});
