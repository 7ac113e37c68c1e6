// SECURITY DEFINER functions that everybody may call.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  type DefinerFunction,
  isPublic,
  parseDefinerFunction,
} from '../../probes/definer-functions/probe.ts';

export default defineCheck({
  id: 'security-definer-public',
  group: 'security',
  title: 'SECURITY DEFINER functions that everybody may call',
  why:
    'EXECUTE is granted to PUBLIC when a function is made, unless somebody revokes it. Such a ' +
    'function lends the rights of its owner to every role; where policies do not bind the ' +
    'owner, it reads the rows of all tenants for them.',
  remedy:
    'Run REVOKE EXECUTE ON FUNCTION … FROM PUBLIC and grant it to the roles that call it; for ' +
    'functions to come, ALTER DEFAULT PRIVILEGES FOR ROLE … REVOKE EXECUTE ON FUNCTIONS FROM ' +
    'PUBLIC, without IN SCHEMA, which can only add rights.',
  nothing: 'no SECURITY DEFINER function exists outside extensions',
  probe: 'definer-functions',
  thresholds: {},
  sources: [
    'PostgreSQL manual, CREATE FUNCTION, Writing SECURITY DEFINER Functions Safely',
    'splinter 0028 and 0029, functions that anybody may execute',
  ],
  parse: parseDefinerFunction,
  judge({ rows, examined }) {
    return { examined, findings: rows.filter(isPublic).map(finding) };
  },
});

function finding(called: DefinerFunction): FindingDraft {
  const { name, owner, owner_is_superuser, owner_bypasses_policies } = called;
  const role = owner_is_superuser ? `superuser ${owner}` : owner;
  return {
    object: name,
    severity: owner_bypasses_policies ? 'warning' : 'info',
    summary:
      `every role may call ${name} with the rights of ${role}` +
      (owner_bypasses_policies ? ', whom row security does not bind' : ''),
    evidence: { owner, owner_is_superuser, owner_bypasses_policies },
  };
}
