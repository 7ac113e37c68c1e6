// Tables whose row security lets nothing through, because no permissive policy exists.
import { defineCheck } from '../../../kernel/check.ts';
import { guardedTables } from '../../probes/policies/guarded-tables.ts';
import { parsePolicyRow, policyParameters } from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-no-policy',
  group: 'row-level-security',
  title: 'Row security without a policy',
  why:
    'Without a permissive policy every read gives zero rows and every write fails, with no ' +
    'message that says so. An application takes it for an empty table.',
  remedy:
    'Create the policy that is missing. If nobody but exempt roles should read the table, ' +
    'revoke the grants, so that a mistake is answered by an error.',
  nothing: 'no table has row security',
  probe: 'policies',
  thresholds: {},
  sources: ['PostgreSQL manual, Row Security Policies', 'splinter 0008 rls_enabled_no_policy'],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }) {
    const tables = guardedTables(rows).filter(({ table }) => table.is_enabled);
    const permissive = new Set(
      rows.filter(({ policy }) => policy?.is_permissive).map(({ table }) => table.name),
    );
    const closed = tables.filter(({ table }) => !permissive.has(table.name));
    return {
      examined: tables.length,
      findings: closed.map(({ table, policies }) => {
        // Nobody was meant to read a table that is granted to nobody.
        const isGranted = table.granted_to.length > 0;
        const only = policies.length > 0 ? 'only restrictive policies' : 'no policy';
        return {
          object: table.name,
          severity: isGranted ? 'warning' : 'info',
          summary:
            `${table.name} has row security and ${only}: ` +
            `${isGranted ? table.granted_to.join(', ') : 'everybody but exempt roles'} sees no row`,
          evidence: {
            granted_to: table.granted_to.join(', ') || null,
            restrictive_policies: policies.length,
            is_forced: table.is_forced,
          },
        };
      }),
    };
  },
});
