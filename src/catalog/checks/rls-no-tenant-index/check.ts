// Policies whose column leads no index.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount } from '../../../kernel/units.ts';
import { comparedColumns } from '../../probes/policies/compared-columns.ts';
import {
  describePolicy,
  type GuardedPolicy,
  policiesInForce,
} from '../../probes/policies/guarded-tables.ts';
import { parsePolicyRow, policyParameters } from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-no-tenant-index',
  group: 'row-level-security',
  title: 'Policies without an index on their column',
  why:
    'The policy is part of every query. Without an index that begins with its column, or where ' +
    'the column is cast, each query of each tenant reads the rows of all tenants (a lookup took ' +
    '195 ms instead of 0.5 ms with a cast in a table of a million rows).',
  remedy:
    'Let the column lead the indexes of the table, (tenant_id, created_at desc, id desc) for ' +
    'example, created concurrently. Cast the setting, never the column.',
  nothing: 'no policy in force compares a column with one value',
  probe: 'policies',
  thresholds: {
    rows: amount(
      10_000,
      'Tables with fewer estimated rows are left out',
      'PgHero looks for missing indexes from 10,000 rows',
    ),
  },
  sources: ['PostgreSQL manual, Row Security Policies', 'PostgreSQL manual, Multicolumn Indexes'],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }, { thresholds }) {
    const comparing = policiesInForce(rows).filter(
      ({ policy }) => policy.using && comparedColumns(policy.using, policy).length > 0,
    );
    return {
      examined: comparing.length,
      findings: comparing
        .filter(({ table }) => table.estimated_rows >= thresholds.rows)
        .flatMap(finding),
    };
  },
});

function finding(guarded: GuardedPolicy): readonly FindingDraft[] {
  const { table, policy } = guarded;
  const compared = policy.using ? comparedColumns(policy.using, policy) : [];
  const leading = table.index_leading_columns;
  const isServed = compared.some(({ attnum, is_cast }) =>
    // Which expression an index holds is not looked at: it may well be the cast.
    is_cast ? leading.includes('0') : leading.includes(attnum),
  );
  if (isServed) return [];
  const columns = compared.map(({ attnum }) => policy.columns.get(attnum)?.name ?? attnum);
  const casts = compared.every(({ is_cast }) => is_cast);
  return [
    {
      object: describePolicy(guarded),
      severity: 'warning',
      summary: casts
        ? `policy ${policy.name} casts ${columns.join(', ')} of ${table.name} ` +
          `(${formatCount(table.estimated_rows)} rows), so no index on it is used`
        : `no index of ${table.name} (${formatCount(table.estimated_rows)} rows) begins with ` +
          `${columns.join(' or ')}, which policy ${policy.name} compares`,
      evidence: { columns: columns.join(', '), casts, estimated_rows: table.estimated_rows },
    },
  ];
}
