// Databases on their way to running out of transaction ids.
import { defineCheck } from '../../../kernel/check.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { parseDatabaseAge } from '../../probes/wraparound/probe.ts';
import { type IdSpace, judgeIdSpace } from '../../probes/wraparound/verdict.ts';

const ids: IdSpace = {
  name: 'transaction ids',
  unit: 'xids',
  age: ({ age_xids }) => age_xids,
  freezeMaxAge: ({ freeze_max_age_xids }) => freeze_max_age_xids,
};

export default defineCheck({
  id: 'transaction-id-wraparound',
  group: 'wraparound',
  title: 'Databases near transaction id wraparound',
  why:
    'At 100 % the server accepts no write any more, in any database, until a vacuum has frozen ' +
    'old rows; that vacuum may take hours.',
  remedy:
    'Find what keeps vacuum from freezing (pgrunbook check --only vacuum-horizon) and end it, ' +
    'then vacuum the oldest tables of this database: VACUUM (FREEZE, INDEX_CLEANUP OFF) is the ' +
    'fastest. Do not restart the server and do not cancel its anti-wraparound vacuum.',
  nothing: 'no database is visible',
  probe: 'wraparound',
  thresholds: {
    warning_percent: percent(
      25,
      'Share of the usable ids that is a warning',
      'over twice autovacuum_freeze_max_age (200 million): autovacuum has fallen behind',
    ),
    critical_percent: percent(50, 'Share that is critical', 'pgMonitor and pgEdge: 50 %'),
  },
  sources: [
    'PostgreSQL manual, Preventing Transaction ID Wraparound Failures',
    'access/transam/varsup.c: the server refuses 3 million ids before the end',
  ],
  parse: parseDatabaseAge,
  judge: (facts, { thresholds }) => judgeIdSpace(facts, ids, thresholds),
});
