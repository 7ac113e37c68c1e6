// Whether the server has slots for everything that the declared pools may open.
import type { PoolBaseline } from '../../../kernel/baselines.ts';
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import { capacityOf } from '../../probes/connections/pools.ts';
import { parseSessionGroup, slotsOf } from '../../probes/connections/probe.ts';

export default defineCheck({
  id: 'pool-budget',
  group: 'connections',
  title: 'Slots for all declared pools',
  why:
    'Pools are sized one application at a time, for one process. Under load they all grow at ' +
    'once, and together they may ask for more sessions than the server has slots.',
  remedy:
    'Count (size + overflow) × workers × instances for every pool. Lower the largest, or put a ' +
    'pooler in between; the evidence says what one of its processes could have. Scaling out ' +
    'multiplies the sum: do this arithmetic before adding instances.',
  nothing: 'no pool is declared',
  probe: 'connections',
  thresholds: {
    info_percent: percent(
      90,
      'Pools that may take so much of the slots are told',
      'Jobs, migrations, monitoring and people need some as well',
    ),
    warning_percent: percent(
      100,
      'Pools that may take more than this are a warning',
      'A login beyond the last slot fails',
    ),
  },
  sources: [
    'PostgreSQL manual, Connections and Authentication, max_connections',
    'SQLAlchemy manual, Connection Pooling, pool_size and max_overflow',
  ],
  unconfigured: ({ pools }) =>
    pools.length === 0 ? 'no pool is declared (baselines.pools in pgrunbook.yaml)' : undefined,
  parse: parseSessionGroup,
  judge({ rows }, { baselines: { pools }, thresholds }) {
    const slots = slotsOf(rows);
    const sum = pools.reduce((total, pool) => total + capacityOf(pool), 0);
    const budget_percent = (100 * sum) / Math.max(1, slots.usable);
    const examined = pools.length;
    if (budget_percent <= thresholds.info_percent) return { examined, findings: [] };
    const isOver = budget_percent > thresholds.warning_percent;
    const finding = {
      object: 'server',
      severity: isOver ? ('warning' as const) : ('info' as const),
      summary:
        `the declared pools may open ${formatCount(sum)} sessions, and the server has ` +
        `${formatCount(slots.usable)} slots for them (${formatPercent(budget_percent)})`,
      evidence: {
        budget_percent: Math.round(budget_percent * 10) / 10,
        sessions_of_pools: sum,
        usable_slots: slots.usable,
        max_connections: slots.max_connections,
        ...largestPool(pools, (slots.usable * thresholds.info_percent) / 100),
      },
    };
    return { examined, findings: [finding] };
  },
});

// What one process of the largest pool could have, the other pools staying as they are.
function largestPool(pools: readonly PoolBaseline[], budget: number) {
  const [largest, ...others] = pools.toSorted((a, b) => capacityOf(b) - capacityOf(a));
  if (largest === undefined) return {};
  const rest = others.reduce((total, pool) => total + capacityOf(pool), 0);
  const processes = Math.max(1, largest.workers * largest.instances);
  return {
    largest_pool: largest.application,
    largest_pool_sessions: capacityOf(largest),
    largest_pool_per_process: largest.size + largest.overflow,
    largest_pool_fits_per_process: Math.max(0, Math.floor((budget - rest) / processes)),
  };
}
