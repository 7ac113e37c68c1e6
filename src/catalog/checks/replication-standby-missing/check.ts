// Standbys that the configuration declares and that are not connected.
import { defineCheck } from '../../../kernel/check.ts';
import { text, textOrNull } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

const receiving = ['streaming', 'catchup'];

export default defineCheck({
  id: 'replication-standby-missing',
  group: 'replication',
  title: 'Declared standbys that are not connected',
  why:
    'A standby that is not connected shows in no lag: the primary simply does not list it. The ' +
    'next failover then has nowhere to go.',
  remedy:
    'Look at the standby itself: is it up, what does its log say? See ' +
    'replication-receiver-missing there, and slot-lost here, before you build it anew.',
  nothing: 'no standby is declared',
  needs: { role: 'primary', privilege: 'pg_read_all_stats' },
  thresholds: {},
  procedures: ['replication-lag'],
  unconfigured: ({ standbys }) =>
    standbys.length === 0 ? 'no standbys are declared (baselines)' : undefined,
  sources: [
    'PostgreSQL manual, pg_stat_replication',
    'pganalyze, missing followers',
    'pgEdge workbench',
  ],
  parse: (row) => ({
    application_name: text(row, 'application_name'),
    state: textOrNull(row, 'state'),
  }),
  judge({ rows }, { baselines: { standbys } }) {
    const connected = rows.filter(({ state }) => receiving.includes(state ?? ''));
    const names = new Set(connected.map(({ application_name }) => application_name));
    const missing = standbys.filter((name) => !names.has(name));
    const left = standbys.length - missing.length;
    return {
      examined: standbys.length,
      findings: missing.map((name) => ({
        object: name,
        severity: left === 0 ? 'critical' : 'warning',
        summary:
          `standby ${name} is not connected, ` +
          (left === 0
            ? 'and no other declared one is'
            : `${plural(left, 'other')} still receiving`),
        evidence: { declared: standbys.length, connected: left },
      })),
    };
  },
});
