// Rules of pg_hba.conf that never apply, because an earlier one matches first.
import { defineCheck } from '../../../kernel/check.ts';
import {
  covers,
  hbaNeeds,
  nothingInHba,
  parseHbaRule,
  placeOf,
} from '../../probes/hba-rules/probe.ts';

export default defineCheck({
  id: 'hba-shadowed-rule',
  group: 'security',
  title: 'Rules that never apply',
  why:
    'The first rule that matches decides, and none after it is tried. A reject or a stricter ' +
    'method below a wider rule protects nothing, although the file reads as if it did.',
  remedy:
    'Move the narrower rule above the wider one, or delete it; reload, and try the login that ' +
    'should fail.',
  nothing: nothingInHba,
  needs: hbaNeeds,
  probe: 'hba-rules',
  thresholds: {},
  sources: ['PostgreSQL manual, The pg_hba.conf File: there is no fall-through'],
  parse: parseHbaRule,
  judge({ rows, examined }) {
    const shadowed = rows.flatMap((rule, index) => {
      const winner = rows.slice(0, index).find((earlier) => covers(earlier, rule));
      return winner === undefined ? [] : [{ rule, winner }];
    });
    return {
      examined,
      findings: shadowed.map(({ rule, winner }) => ({
        object: rule.text,
        // The same method twice is clutter; another method is a protection that is not there.
        severity: rule.method === winner.method ? 'info' : 'warning',
        summary:
          `${placeOf(rule)} (${rule.method}) never applies: ${placeOf(winner)} ` +
          `(${winner.method}) matches everything it would`,
        evidence: { line: rule.line, decided_by: winner.text, decided_by_line: winner.line },
      })),
    };
  },
});
