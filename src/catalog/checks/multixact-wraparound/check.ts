// Databases on their way to running out of multixact ids.
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { parseDatabaseAge } from '../../probes/wraparound/probe.ts';
import { type IdSpace, judgeIdSpace } from '../../probes/wraparound/verdict.ts';

const ids: IdSpace = {
  name: 'multixact ids',
  unit: 'multixacts',
  age: ({ age_multixacts }) => age_multixacts,
  freezeMaxAge: ({ freeze_max_age_multixacts }) => freeze_max_age_multixacts,
};

export default defineCheck({
  id: 'multixact-wraparound',
  group: 'wraparound',
  title: 'Databases near multixact id wraparound',
  why:
    'Rows locked by several transactions at once (foreign keys do it) use multixact ids. When ' +
    'they run out, every statement that would need a new one fails.',
  remedy:
    'Vacuum the tables with the oldest multixacts; find long transactions that hold row locks ' +
    '(pgrunbook check --only vacuum-horizon). Lower autovacuum_multixact_freeze_max_age if ' +
    'foreign keys use them up in days.',
  nothing: 'no database is visible',
  probe: 'wraparound',
  thresholds: {
    warning_percent: percent(
      30,
      'Share of the usable ids that is a warning',
      'half above autovacuum_multixact_freeze_max_age (400 million): autovacuum is behind',
    ),
    critical_percent: percent(60, 'Share that is critical', 'pganalyze: critical share'),
  },
  sources: ['PostgreSQL manual, Multixacts and Wraparound'],
  parse: parseDatabaseAge,
  judge: (facts, { thresholds }) => judgeIdSpace(facts, ids, thresholds),
});
