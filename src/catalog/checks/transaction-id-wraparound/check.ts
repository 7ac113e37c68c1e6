// Databases on their way to running out of transaction ids.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import { type DatabaseAge, parseDatabaseAge, usableIds } from '../../probes/wraparound/probe.ts';

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
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows
      .filter((row) => usedPercent(row) >= thresholds.warning_percent)
      .map((row) => finding(row, thresholds.critical_percent)),
  }),
});

function usedPercent({ age_xids }: DatabaseAge): number {
  return (100 * age_xids) / usableIds;
}

function finding(row: DatabaseAge, critical_percent: number): FindingDraft {
  const used_percent = usedPercent(row);
  const left = usableIds - row.age_xids;
  return {
    object: row.database,
    severity: used_percent >= critical_percent ? 'critical' : 'warning',
    summary:
      `database ${row.database} has used ${formatPercent(used_percent)} of its transaction ids; ` +
      `${formatCount(left)} are left`,
    evidence: {
      age_xids: row.age_xids,
      left_xids: left,
      used_percent: Math.round(used_percent * 10) / 10,
      freeze_max_age_xids: row.freeze_max_age_xids,
    },
  };
}
