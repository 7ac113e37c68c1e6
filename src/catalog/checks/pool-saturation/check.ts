// Pools of a PgBouncer, and databases behind it, that come near the limit of their connections.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'pool-saturation',
  group: 'connections',
  title: 'Pools of PgBouncer near their size',
  why:
    'When the last server connection of a pool is in use the next client waits. A pool that is ' +
    'nearly full is the last sign before that.',
  remedy:
    'Shorten what keeps the server connections busy; then, if the server has slots and cores to ' +
    'spare, raise pool_size. Where max_db_connections is the limit, all pools of the database ' +
    'share it.',
  nothing: 'no client has used a pool yet',
  source: 'pgbouncer',
  thresholds: {
    warning_percent: percent(
      80,
      'So much of a pool in use is a warning',
      'awesome-prometheus-alerts: 80 %',
    ),
    critical_percent: percent(100, 'So much of a pool in use is critical', 'The next client waits'),
  },
  sources: [
    'PgBouncer manual, Admin console, SHOW POOLS and SHOW DATABASES',
    'awesome-prometheus-alerts',
  ],
  parse: (row) => (text(row, 'command') === 'show pools' ? parsePool(row) : parseDatabase(row)),
  judge({ rows }, { thresholds }) {
    const databases = rows.filter((row) => row.kind === 'database');
    const sizes = new Map(databases.map(({ name, pool_size }) => [name, pool_size]));
    // The console is a pool to itself and has no servers.
    const pools = rows
      .filter((row) => row.kind === 'pool')
      .filter(({ database }) => database !== 'pgbouncer')
      .map(({ database, user, ...rest }) => ({
        object: `pool ${user}@${database}`,
        limit: sizes.get(database) ?? 0,
        ...rest,
      }));
    const limited = databases.map(({ name, max_connections, connections }) => ({
      object: `database ${name}`,
      limit: max_connections,
      used: connections,
      waiting: 0,
    }));
    // A limit of 0 stands for none.
    const examined = [...pools, ...limited].filter(({ limit }) => limit > 0);
    const findings = examined
      .map((use) => ({ ...use, used_percent: (100 * use.used) / use.limit }))
      .filter(({ used_percent }) => used_percent >= thresholds.warning_percent)
      .map((use) => finding(use, thresholds));
    return { examined: examined.length, findings };
  },
});

// Idle server connections are there to be used; what is being made or tested cannot be used yet.
function parsePool(row: RawRow) {
  return {
    kind: 'pool' as const,
    database: text(row, 'database'),
    user: text(row, 'user'),
    used: number(row, 'sv_active') + number(row, 'sv_tested') + number(row, 'sv_login'),
    waiting: number(row, 'cl_waiting'),
  };
}

function parseDatabase(row: RawRow) {
  return {
    kind: 'database' as const,
    name: text(row, 'name'),
    pool_size: number(row, 'pool_size'),
    max_connections: number(row, 'max_connections'),
    connections: number(row, 'current_connections'),
  };
}

interface Use {
  readonly object: string;
  readonly limit: number;
  readonly used: number;
  readonly waiting: number;
  readonly used_percent: number;
}

function finding(
  { object, used, limit, waiting, used_percent }: Use,
  thresholds: { readonly critical_percent: number },
): FindingDraft {
  return {
    object,
    severity: used_percent >= thresholds.critical_percent ? 'critical' : 'warning',
    summary:
      `${used} of ${limit} server connections of ${object} are in use ` +
      `(${formatPercent(used_percent)})`,
    evidence: {
      used_percent: Math.round(used_percent * 10) / 10,
      server_connections_used: used,
      server_connections_limit: limit,
      clients_waiting: waiting,
    },
  };
}
