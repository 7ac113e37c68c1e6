// Sessions that did not end as sessions should.
import { defineCheck } from '../../../kernel/check.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  changesOf,
  noEarlierSample,
  nothingComparable,
  parseDatabaseCounters,
} from '../../probes/database-counters/probe.ts';

export default defineCheck({
  id: 'connection-abnormal-ends',
  group: 'connections',
  title: 'Sessions that ended abnormally',
  why:
    'A client that vanishes, a session that a fatal error or an operator ends: each rolled back ' +
    'what was open, and the application saw a broken connection.',
  remedy:
    'Abandoned: clients crash, or a firewall or load balancer drops idle connections; set TCP ' +
    'keepalives. Fatal: read the server log, mostly time-outs of idle sessions. Killed: ' +
    'somebody, or some tool, ends sessions.',
  nothing: nothingComparable,
  probe: 'database-counters',
  needs: { history: true },
  thresholds: {
    info_count: amount(1, 'So many between the samples are told', 'check_pgactivity: any'),
    warning_count: amount(
      10,
      'So many between the samples are a warning',
      'A whole pool of connections lost',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_stat_database, sessions_abandoned, sessions_fatal, sessions_killed',
    'check_pgactivity, session_stats',
  ],
  parse: parseDatabaseCounters,
  judge(facts, { thresholds, previous }) {
    if (previous === undefined) return noEarlierSample;
    const changes = changesOf(facts, previous);
    const findings = changes
      .map(({ database, elapsed_ms, of }) => {
        const abandoned = of('sessions_abandoned');
        const fatal = of('sessions_fatal');
        const killed = of('sessions_killed');
        return { database, elapsed_ms, abandoned, fatal, killed, sum: abandoned + fatal + killed };
      })
      .filter(({ sum }) => sum > 0 && sum >= thresholds.info_count)
      .map(({ database, elapsed_ms, sum, ...kinds }) => ({
        object: `database ${database}`,
        severity: sum >= thresholds.warning_count ? ('warning' as const) : ('info' as const),
        summary:
          `${plural(sum, 'session')} of database ${database} ended abnormally within ` +
          `${formatDuration(elapsed_ms)}: ${kinds.abandoned} abandoned by the client, ` +
          `${kinds.fatal} by a fatal error, ${kinds.killed} killed`,
        evidence: { sessions: sum, ...kinds, elapsed_ms: Math.round(elapsed_ms) },
      }));
    return { examined: changes.length, findings };
  },
});
