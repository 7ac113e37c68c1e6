// SECURITY DEFINER functions whose names the caller can redirect.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  type DefinerFunction,
  isPublic,
  parseDefinerFunction,
} from '../../probes/definer-functions/probe.ts';

export default defineCheck({
  id: 'security-definer-search-path',
  group: 'security',
  title: 'SECURITY DEFINER functions without a search_path of their own',
  why:
    'The function has the rights of its owner but looks names up in the search_path of its ' +
    'caller. The caller puts a table, function or operator of that name in front, and the ' +
    'function uses it with the rights of the owner.',
  remedy:
    "Run ALTER FUNCTION … SET search_path = '' and qualify every name in it, or set " +
    'search_path = app, pg_temp: pg_temp must be named last, because it is searched first where ' +
    'it is not named.',
  nothing: 'no SECURITY DEFINER function of this database looks names up when it is called',
  probe: 'definer-functions',
  thresholds: {},
  sources: [
    'PostgreSQL manual, CREATE FUNCTION, Writing SECURITY DEFINER Functions Safely',
    'splinter 0011 function_search_path_mutable',
    'pgwatch, reco_sprocs_wo_search_path',
  ],
  parse: parseDefinerFunction,
  judge({ rows }) {
    const functions = rows.filter(({ looks_up_names }) => looks_up_names);
    return { examined: functions.length, findings: functions.flatMap(finding) };
  },
});

function finding(called: DefinerFunction): readonly FindingDraft[] {
  const { name, owner, search_path } = called;
  const fault = faultOf(search_path);
  if (fault === undefined) return [];
  const isOpen = search_path === null;
  const isGrave = isOpen && called.owner_is_superuser && isPublic(called);
  const rights = called.owner_is_superuser ? `superuser ${owner}` : owner;
  return [
    {
      object: name,
      severity: isGrave ? 'critical' : isOpen ? 'warning' : 'info',
      summary: `${name} runs with the rights of ${rights} and ${fault}`,
      evidence: {
        owner,
        owner_is_superuser: called.owner_is_superuser,
        search_path,
        public_may_execute: isPublic(called),
      },
    },
  ];
}

function faultOf(search_path: string | null): string | undefined {
  if (search_path === null) return "takes its caller's search_path";
  const schemas = search_path.split(',').map((schema) => schema.trim().replaceAll('"', ''));
  if (schemas.every((schema) => schema === '' || schema === 'pg_catalog')) return undefined;
  return schemas.at(-1) === 'pg_temp'
    ? undefined
    : `searches pg_temp first, because search_path = ${search_path} does not end with it`;
}
