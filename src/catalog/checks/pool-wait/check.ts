// Clients of a PgBouncer that wait for a server connection.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text } from '../../../kernel/row.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'pool-wait',
  group: 'connections',
  title: 'Clients that wait in PgBouncer',
  why:
    'A client that waits for a server connection has not even begun its statement: users see ' +
    'time-outs while the database shows nothing slow.',
  remedy:
    'See what the server connections of this pool do: idle in a transaction, blocked, or slow. ' +
    'Cure that first. If all of them do honest work and the server has slots and cores to ' +
    'spare, raise pool_size or set reserve_pool_size; a larger pool on a busy server makes ' +
    'everything slower.',
  nothing: 'no client has used a pool yet',
  source: 'pgbouncer',
  procedures: ['pool-wait-and-overflow'],
  thresholds: {
    warning_wait: duration(
      '1s',
      'A client that has waited so long is a warning',
      'Runbooks of the field: a wait above 1 s',
    ),
    critical_wait: duration(
      '15s',
      'A client that has waited so long is critical',
      'awesome-prometheus-alerts: 15 s',
    ),
    critical_clients: amount(
      20,
      'So many clients waiting at once, one for as long as the warning asks, are critical',
      'awesome-prometheus-alerts: 20',
    ),
  },
  sources: ['PgBouncer manual, Admin console, SHOW POOLS', 'awesome-prometheus-alerts; pigsty'],
  parse: (row) => ({
    database: text(row, 'database'),
    user: text(row, 'user'),
    pool_mode: text(row, 'pool_mode'),
    clients_active: number(row, 'cl_active'),
    clients_waiting: number(row, 'cl_waiting'),
    servers_active: number(row, 'sv_active'),
    servers_idle: number(row, 'sv_idle'),
    // The console splits the time in whole seconds and the microseconds that are left.
    wait_ms: 1_000 * number(row, 'maxwait') + number(row, 'maxwait_us') / 1_000,
  }),
  judge({ rows }, { thresholds }) {
    // The console is a pool to itself, and nobody waits in it.
    const pools = rows.filter(({ database }) => database !== 'pgbouncer');
    const findings = pools
      .filter(({ clients_waiting }) => clients_waiting > 0)
      .filter(({ wait_ms }) => wait_ms >= thresholds.warning_wait)
      .map(({ database, user, wait_ms, ...counts }) => {
        const isCritical =
          wait_ms >= thresholds.critical_wait ||
          counts.clients_waiting >= thresholds.critical_clients;
        return {
          object: `pool ${user}@${database}`,
          severity: isCritical ? ('critical' as const) : ('warning' as const),
          summary:
            `${plural(counts.clients_waiting, 'client')} of pool ${user}@${database} ` +
            `${counts.clients_waiting === 1 ? 'waits' : 'wait'} for one of ` +
            `${plural(counts.servers_active, 'busy server connection')}, ` +
            `the longest for ${formatDuration(wait_ms)}`,
          evidence: { wait_ms: Math.round(wait_ms), ...counts },
        };
      });
    return { examined: pools.length, findings };
  },
});
