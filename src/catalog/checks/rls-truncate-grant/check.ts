// TRUNCATE granted on tables with row security.
import { defineCheck } from '../../../kernel/check.ts';
import { guardedTables } from '../../probes/policies/guarded-tables.ts';
import { parsePolicyRow, policyParameters } from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-truncate-grant',
  group: 'row-level-security',
  title: 'TRUNCATE granted on tables with row security',
  why: 'Policies do not apply to TRUNCATE: whoever holds it can empty the table for all tenants.',
  remedy:
    'Revoke TRUNCATE on the table from the role. Grant the commands that the application uses ' +
    'one by one instead of ALL.',
  nothing: 'no table has row security',
  probe: 'policies',
  thresholds: {},
  sources: ['PostgreSQL manual, Row Security Policies: TRUNCATE and REFERENCES are not subject'],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }, { baselines }) {
    const tables = guardedTables(rows).filter(({ table }) => table.is_enabled);
    const open = tables.filter(({ table }) => table.truncate_granted_to.length > 0);
    // Where nobody said which roles are applications, the grantee may be a maintenance job.
    const isDeclared = baselines.application_roles.length > 0;
    return {
      examined: tables.length,
      findings: open.map(({ table }) => ({
        object: table.name,
        severity:
          isDeclared || table.truncate_granted_to.includes('public') ? 'critical' : 'warning',
        summary: `${table.truncate_granted_to.join(', ')} may TRUNCATE ${table.name}, all tenants`,
        evidence: {
          granted_to: table.truncate_granted_to.join(', '),
          estimated_rows: table.estimated_rows,
        },
      })),
    };
  },
});
