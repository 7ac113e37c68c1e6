// How much of each declared pool is checked out, and whether it stays within its declared size.
import type { PoolBaseline } from '../../../kernel/baselines.ts';
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import { capacityOf, groupsOf } from '../../probes/connections/pools.ts';
import { parseSessionGroup, type SessionCounts, sumOf } from '../../probes/connections/probe.ts';

export default defineCheck({
  id: 'pool-utilisation',
  group: 'connections',
  title: 'Declared pools in use',
  why:
    'When every connection of a pool is checked out, further requests wait for one and then ' +
    'fail, while the database itself may have nothing to do.',
  remedy:
    'See what the busy sessions do. Idle in a transaction: the application holds a connection ' +
    'while it waits for something else. Active: slow or blocked statements. Enlarge the pool ' +
    'only if the server has slots for it: (size + overflow) × workers × instances. More ' +
    'sessions than declared are a leak, or more instances than anybody wrote down.',
  nothing: 'no session of a declared pool is connected',
  probe: 'connections',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['pool-utilisation'],
  thresholds: {
    warning_percent: percent(
      80,
      'So much of a pool checked out is a warning',
      'Runbooks of the field: alert at 80 %; PgBouncer rules of awesome-prometheus-alerts: 80 %',
    ),
    critical_percent: percent(
      95,
      'So much of a pool checked out is critical',
      'The next burst of requests waits',
    ),
  },
  sources: [
    'SQLAlchemy manual, Connection Pooling, pool_size and max_overflow',
    'PostgreSQL manual, The Cumulative Statistics System, pg_stat_activity',
  ],
  unconfigured: ({ pools }) =>
    pools.length === 0 ? 'no pool is declared (baselines.pools in pgrunbook.yaml)' : undefined,
  parse: parseSessionGroup,
  judge({ rows }, { baselines, thresholds }) {
    const seen = baselines.pools
      .map((pool) => ({ pool, counts: sumOf(groupsOf(pool, rows)) }))
      .filter(({ counts }) => counts.sessions > 0);
    const findings = seen.flatMap(({ pool, counts }) => {
      const found = finding(pool, counts, thresholds);
      return found === undefined ? [] : [found];
    });
    return { examined: seen.length, findings };
  },
});

// A pool keeps connections open while nobody uses them: only what is not idle is checked out.
function finding(
  pool: PoolBaseline,
  counts: SessionCounts,
  thresholds: { readonly warning_percent: number; readonly critical_percent: number },
): FindingDraft | undefined {
  const capacity = capacityOf(pool);
  const busy = counts.sessions - counts.idle;
  const used_percent = (100 * busy) / Math.max(1, capacity);
  const isOver = counts.sessions > capacity;
  if (used_percent < thresholds.warning_percent && !isOver) return undefined;
  const summary = isOver
    ? `pool ${pool.application} has ${formatCount(counts.sessions)} sessions, more than the ` +
      `${formatCount(capacity)} it is declared to open`
    : `${formatCount(busy)} of ${formatCount(capacity)} connections of pool ` +
      `${pool.application} are checked out (${formatPercent(used_percent)})`;
  return {
    object: `pool ${pool.application}`,
    severity: used_percent >= thresholds.critical_percent ? 'critical' : 'warning',
    summary,
    evidence: {
      used_percent: Math.round(used_percent * 10) / 10,
      checked_out: busy,
      capacity,
      ...counts,
      size: pool.size,
      overflow: pool.overflow,
      workers: pool.workers,
      instances: pool.instances,
    },
  };
}
