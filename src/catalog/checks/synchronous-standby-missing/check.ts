// Fewer synchronous standbys than commits must wait for: every commit hangs.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';
import { standbysRequired } from './standby-names.ts';

export default defineCheck({
  id: 'synchronous-standby-missing',
  group: 'replication',
  title: 'Synchronous standbys that are missing',
  why:
    'A commit waits until enough of the named standbys have confirmed it. While they are missing ' +
    'it waits without end: the database looks up and nothing is written.',
  remedy:
    'Bring the standby back. If writing must go on before that, take it out of ' +
    'synchronous_standby_names and reload: from then on a commit is safe on this server only. ' +
    'Do not cancel the waiting statements: they are committed here already.',
  nothing: 'synchronous_standby_names is empty',
  needs: { role: 'primary', privilege: 'pg_read_all_stats' },
  thresholds: {},
  sources: ['PostgreSQL manual, Synchronous Replication; synchronous_standby_names'],
  parse: (row) => ({
    names: text(row, 'names'),
    synchronous_commit: text(row, 'synchronous_commit'),
    present: number(row, 'present'),
    waiting: number(row, 'waiting'),
  }),
  judge({ rows: [row] }) {
    const required = row === undefined ? 0 : standbysRequired(row.names);
    if (row === undefined || required === 0) return { examined: 0, findings: [] };
    const { present, waiting, synchronous_commit } = row;
    if (present >= required) return { examined: required, findings: [] };
    // With off or local a session does not wait, unless it asks for more itself.
    const waits = !['off', 'local'].includes(synchronous_commit);
    const effect =
      waiting > 0
        ? `${plural(waiting, 'commit')} waiting`
        : waits
          ? 'the next commit will wait'
          : `synchronous_commit is ${synchronous_commit}, so commits do not wait`;
    return {
      examined: required,
      findings: [
        {
          object: 'synchronous_standby_names',
          severity: waits || waiting > 0 ? 'critical' : 'warning',
          summary:
            `${present} of ${plural(required, 'synchronous standby', 'synchronous standbys')} ` +
            `streaming: ${effect}`,
          evidence: { required, present, waiting_commits: waiting, synchronous_commit },
        },
      ],
    };
  },
});
