// How many of the slots that ordinary roles can get are taken.
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import {
  largest,
  parseSessionGroup,
  type SessionGroup,
  slotsOf,
  sumOf,
} from '../../probes/connections/probe.ts';

export default defineCheck({
  id: 'connection-usage',
  group: 'connections',
  title: 'Connection slots in use',
  why:
    'When the last slot is taken every further login fails with "too many clients", and ' +
    'applications that retry make it worse.',
  remedy:
    'See in the evidence which application holds the sessions. Many idle ones are a leak, or ' +
    'pools that are too large: lower the pool sizes or put a pooler in between. Many idle in a ' +
    'transaction or active ones wait for something: look at blocked sessions and long queries ' +
    'first. Raising max_connections needs a restart and memory, and seldom cures the cause.',
  nothing: 'no client session is visible',
  probe: 'connections',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['connection-usage'],
  thresholds: {
    warning_percent: percent(
      80,
      'So much of the slots for ordinary roles taken is a warning',
      'temBoard and pgEdge: 80 %',
    ),
    critical_percent: percent(
      90,
      'So much of the slots for ordinary roles taken is critical',
      'pgMonitor, postgresqltuner and temBoard: 90 %',
    ),
  },
  sources: [
    'PostgreSQL manual, Connections and Authentication, max_connections, ' +
      'superuser_reserved_connections, reserved_connections',
    'PgHero and postgres-mcp compare with an absolute 500, which a small server never reaches',
  ],
  parse: parseSessionGroup,
  judge({ rows }, { thresholds }) {
    const slots = slotsOf(rows);
    const { sessions } = sumOf(rows);
    const used_percent = (100 * sessions) / Math.max(1, slots.usable);
    if (used_percent < thresholds.warning_percent) return { examined: sessions, findings: [] };
    const finding = {
      object: 'server',
      severity:
        used_percent >= thresholds.critical_percent ? ('critical' as const) : ('warning' as const),
      summary:
        `${formatCount(sessions)} of ${formatCount(slots.usable)} connection slots for ordinary ` +
        `roles are taken (${formatPercent(used_percent)})`,
      evidence: evidence(rows, used_percent),
    };
    return { examined: sessions, findings: [finding] };
  },
});

function evidence(rows: readonly SessionGroup[], used_percent: number) {
  const slots = slotsOf(rows);
  const counts = sumOf(rows);
  return {
    used_percent: Math.round(used_percent * 10) / 10,
    ...counts,
    usable_slots: slots.usable,
    max_connections: slots.max_connections,
    superuser_reserved_connections: slots.superuser_reserved,
    reserved_connections: slots.reserved,
    by_application: largest(rows, 'application'),
    by_role: largest(rows, 'role'),
  };
}
