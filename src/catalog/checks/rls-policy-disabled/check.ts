// Policies on tables whose row security is switched off.
import { defineCheck } from '../../../kernel/check.ts';
import { plural } from '../../../kernel/units.ts';
import { guardedTables } from '../../probes/policies/guarded-tables.ts';
import { parsePolicyRow, policyParameters } from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-policy-disabled',
  group: 'row-level-security',
  title: 'Policies without effect: row security is off',
  why:
    'CREATE POLICY does not switch row security on. Until ALTER TABLE … ENABLE ROW LEVEL ' +
    'SECURITY the policies are only text, and every role with a grant sees every row.',
  remedy:
    'Enable and force row security on the table; rehearse it first, because roles that no ' +
    'policy names will see nothing from then on.',
  nothing: 'no table of this database has a policy',
  probe: 'policies',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Row Security Policies',
    'splinter 0007 policy_exists_rls_disabled',
    'drizzle-orm#5819: a generated migration may switch it off',
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }) {
    const tables = guardedTables(rows.filter(({ policy }) => policy !== null));
    const off = tables.filter(({ table }) => !table.is_enabled);
    const policies = (name: string) => rows.filter(({ table }) => table.name === name).length;
    return {
      examined: tables.length,
      findings: off.map(({ table }) => ({
        object: table.name,
        severity: 'critical',
        summary:
          `${table.name} has ${plural(policies(table.name), 'policy', 'policies')} ` +
          'but its row security is off, so none is applied',
        evidence: {
          policies: policies(table.name),
          granted_to: table.granted_to.join(', ') || null,
          has_tenant_column: table.has_tenant_column,
        },
      })),
    };
  },
});
