// Whether max_connections allows far more sessions than the server can serve at once.
import { defineCheck } from '../../../kernel/check.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount } from '../../../kernel/units.ts';
import { parseSessionGroup, slotsOf, sumOf } from '../../probes/connections/probe.ts';

export default defineCheck({
  id: 'max-connections',
  group: 'connections',
  title: 'Very many connections allowed',
  why:
    'Each session is a process with memory of its own, and a server works on about as many ' +
    'statements at once as it has cores. Thousands of sessions allowed mean that a burst ends in ' +
    'memory trouble and contention instead of a short queue in a pooler.',
  remedy:
    'Put a pooler (PgBouncer in transaction mode) in front and lower max_connections to what ' +
    'the pools need; that takes a restart, and standbys must follow after the primary.',
  nothing: 'the settings could not be read',
  probe: 'connections',
  thresholds: {
    highest_connections: amount(
      500,
      'More slots than this are reported',
      'pgEdge: 500; the default of the server is 100',
    ),
  },
  sources: [
    'PostgreSQL manual, Connections and Authentication, max_connections',
    'pgEdge ai-dba-workbench',
  ],
  parse: parseSessionGroup,
  judge({ rows }, { thresholds }) {
    const { max_connections } = slotsOf(rows);
    if (max_connections <= thresholds.highest_connections) return { examined: 1, findings: [] };
    const counts = sumOf(rows);
    // Allowed is a risk; there is harm once that many are connected.
    const isReached = counts.sessions > thresholds.highest_connections;
    const finding = {
      object: 'max_connections',
      severity: isReached ? ('warning' as const) : ('info' as const),
      summary:
        `max_connections is ${formatCount(max_connections)}; ` +
        `${formatCount(counts.sessions)} are connected, ${formatCount(counts.active)} active`,
      evidence: { max_connections, ...counts },
    };
    return { examined: 1, findings: [finding] };
  },
});
