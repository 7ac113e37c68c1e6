// Whether a slot is kept for those who have to look when all others are taken.
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent, plural } from '../../../kernel/units.ts';
import { parseSessionGroup, type Slots, slotsOf } from '../../probes/connections/probe.ts';

export default defineCheck({
  id: 'connection-reserved-slots',
  group: 'connections',
  title: 'Slots reserved for administrators',
  why:
    'When applications have taken every slot, only a reserved one lets an administrator in. ' +
    'Without it, what is left is to end processes from the shell or to restart.',
  remedy:
    'Set superuser_reserved_connections to 3, its default, and restart. If far too many slots ' +
    'are reserved, applications cannot use what max_connections promises: lower the reserve.',
  nothing: 'the settings could not be read',
  probe: 'connections',
  thresholds: {
    highest_percent: percent(
      20,
      'More of max_connections than this reserved is too much',
      'postgresqltuner: 20 %',
    ),
  },
  sources: [
    'PostgreSQL manual, Connections and Authentication, superuser_reserved_connections, ' +
      'reserved_connections',
    'postgresqltuner',
  ],
  parse: parseSessionGroup,
  judge({ rows }, { thresholds }) {
    const slots = slotsOf(rows);
    const all = slots.superuser_reserved + slots.reserved;
    const share_percent = (100 * all) / slots.max_connections;
    const examined = 1;
    if (slots.superuser_reserved === 0) {
      const summary = 'no connection slot is reserved for a superuser';
      return { examined, findings: [finding(slots, summary, 'warning')] };
    }
    if (share_percent <= thresholds.highest_percent) return { examined, findings: [] };
    const summary =
      `${plural(all, 'connection slot')} of ${slots.max_connections} ` +
      `(${formatPercent(share_percent)}) are reserved and of no use to applications`;
    return { examined, findings: [finding(slots, summary, 'info')] };
  },
});

function finding(slots: Slots, summary: string, severity: 'info' | 'warning') {
  return {
    object: 'superuser_reserved_connections',
    severity,
    summary,
    evidence: {
      superuser_reserved_connections: slots.superuser_reserved,
      reserved_connections: slots.reserved,
      max_connections: slots.max_connections,
    },
  };
}
