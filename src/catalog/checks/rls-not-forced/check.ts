// Tables whose owner passes by their policies, where that owner is in use.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { guardedTables } from '../../probes/policies/guarded-tables.ts';
import {
  parsePolicyRow,
  policyParameters,
  type SecuredTable,
} from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-not-forced',
  group: 'row-level-security',
  title: 'Row security that does not bind the owner',
  why:
    'Policies do not apply to the owner of a table, nor to roles that have its rights, unless ' +
    'row security is forced. An application that connects as the owner sees every tenant.',
  remedy:
    'Give the tables to a role that nobody logs in as, and let the application use another. ' +
    'ALTER TABLE … FORCE ROW LEVEL SECURITY binds the owner too; backfills that run as the ' +
    'owner then need a policy, or they change zero rows without an error.',
  nothing: 'no table has row security',
  probe: 'policies',
  thresholds: {},
  sources: [
    'PostgreSQL manual, ALTER TABLE, FORCE ROW LEVEL SECURITY',
    'LanternOps/breeze#4483: what forcing does to backfills',
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }) {
    const tables = guardedTables(rows).filter(({ table }) => table.is_enabled);
    return { examined: tables.length, findings: tables.flatMap(({ table }) => finding(table)) };
  },
});

function finding(table: SecuredTable): readonly FindingDraft[] {
  // FORCE does not bind a superuser or BYPASSRLS: such an owner is rls-role-bypasses' business.
  if (table.is_forced || table.owner_is_exempt) return [];
  const isApplication = table.acting_as_owner.length > 0;
  if (!isApplication && !table.owner_can_login) return [];
  const isUsed = table.owner_sessions > 0;
  const who = isApplication
    ? `${table.acting_as_owner.join(', ')} acts as its owner ${table.owner}`
    : `its owner ${table.owner} may log in${isUsed ? ' and is connected now' : ''}`;
  return [
    {
      object: table.name,
      severity: isApplication ? 'critical' : isUsed ? 'warning' : 'info',
      summary: `${table.name} does not force its row security, and ${who}`,
      evidence: {
        owner: table.owner,
        owner_can_login: table.owner_can_login,
        owner_sessions: table.owner_sessions,
        application_roles_acting_as_owner: table.acting_as_owner.join(', ') || null,
      },
    },
  ];
}
