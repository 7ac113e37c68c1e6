// Judges how much of an id space each database has used: transaction and multixact ids alike.
import type { Facts, FindingDraft, Verdict } from '../../../kernel/model.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import { type DatabaseAge, usableIds } from './probe.ts';

/** One of the two id spaces: how it is called, and where a row has its age and its limit. */
export interface IdSpace {
  readonly name: string;
  /** Last part of the evidence's keys. */
  readonly unit: string;
  age(row: DatabaseAge): number;
  freezeMaxAge(row: DatabaseAge): number;
}

interface Limits {
  readonly warning_percent: number;
  readonly critical_percent: number;
}

export function judgeIdSpace(facts: Facts<DatabaseAge>, space: IdSpace, limits: Limits): Verdict {
  const used = facts.rows.map((row) => ({
    row,
    used_percent: (100 * space.age(row)) / usableIds,
  }));
  const findings = used
    .filter(({ used_percent }) => used_percent >= limits.warning_percent)
    .map(({ row, used_percent }): FindingDraft => {
      const left = usableIds - space.age(row);
      return {
        object: row.database,
        severity: used_percent >= limits.critical_percent ? 'critical' : 'warning',
        summary:
          `database ${row.database} has used ${formatPercent(used_percent)} of its ` +
          `${space.name}; ${formatCount(left)} are left`,
        evidence: {
          [`age_${space.unit}`]: space.age(row),
          [`left_${space.unit}`]: left,
          used_percent: Math.round(used_percent * 10) / 10,
          [`freeze_max_age_${space.unit}`]: space.freezeMaxAge(row),
        },
      };
    });
  return { examined: facts.examined, findings };
}
