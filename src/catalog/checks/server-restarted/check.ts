// The server was started a short while ago.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'server-restarted',
  group: 'versions',
  title: 'Recent restart',
  why:
    'If nobody planned it, something stopped the server: the kernel for lack of memory, a host ' +
    'that failed, a failover. And a server that just started is slow until its cache is warm.',
  remedy:
    'Read the log from before the start: its last lines say whether it was stopped by somebody ' +
    'or died. Look for the out-of-memory killer in the log of the kernel.',
  nothing: 'the time of the start could not be read',
  thresholds: {
    recent: duration('10min', 'Started less long ago than this', 'Pigsty: 5 min'),
  },
  procedures: ['basic-health-check'],
  sources: ['PostgreSQL manual, pg_postmaster_start_time', 'Pigsty, PostgresRestart'],
  parse: (row) => ({ age_ms: number(row, 'age_ms'), started_at: text(row, 'started_at') }),
  judge({ rows }, { thresholds }) {
    const young = rows.filter(({ age_ms }) => age_ms < thresholds.recent);
    return {
      examined: rows.length,
      findings: young.map(({ age_ms, started_at }) => ({
        object: 'server',
        key: started_at,
        severity: 'info',
        summary: `the server was started ${formatDuration(age_ms)} ago`,
        evidence: { age_ms: Math.round(age_ms), started_at },
      })),
    };
  },
});
