// Databases on their way to running out of multixact ids.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import { type DatabaseAge, parseDatabaseAge, usableIds } from '../../probes/wraparound/probe.ts';

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
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows
      .filter((row) => usedPercent(row) >= thresholds.warning_percent)
      .map((row) => finding(row, thresholds.critical_percent)),
  }),
});

function usedPercent({ age_multixacts }: DatabaseAge): number {
  return (100 * age_multixacts) / usableIds;
}

function finding(row: DatabaseAge, critical_percent: number): FindingDraft {
  const used_percent = usedPercent(row);
  const left = usableIds - row.age_multixacts;
  return {
    object: row.database,
    severity: used_percent >= critical_percent ? 'critical' : 'warning',
    summary:
      `database ${row.database} has used ${formatPercent(used_percent)} of its multixact ids; ` +
      `${formatCount(left)} are left`,
    evidence: {
      age_multixacts: row.age_multixacts,
      left_multixacts: left,
      used_percent: Math.round(used_percent * 10) / 10,
      freeze_max_age_multixacts: row.freeze_max_age_multixacts,
    },
  };
}
