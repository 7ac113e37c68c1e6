// Timeouts that nobody set: a forgotten transaction or a runaway statement lasts for ever.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { names } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';
import {
  parseSetting,
  readSettings,
  type Setting,
  type Settings,
} from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'timeouts-unset',
  group: 'settings',
  title: 'Timeouts that are not set',
  why:
    'Without them one forgotten transaction holds its locks and holds back vacuum until somebody ' +
    'is woken up, and a statement without a plan runs until it ends.',
  remedy:
    'Set them for the roles of applications, not for the whole server, so that dumps, migrations ' +
    'and vacuum are left alone: alter role app set idle_in_transaction_session_timeout = ' +
    "'1min', statement_timeout = '30s', lock_timeout = '5s'.",
  nothing: 'no timeout could be read: our own role or database overrides them',
  probe: 'settings',
  thresholds: {
    required: names(
      ['idle_in_transaction_session_timeout', 'statement_timeout', 'lock_timeout'],
      'Timeouts that should be set',
      'postgresai G003; PostgreSQL manual, Statement Behavior',
    ),
  },
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, Client Connection Defaults, Statement Behavior', 'postgresai G003'],
  parse: parseSetting,
  judge({ rows }, { thresholds, baselines: { application_roles }, server }) {
    const settings = readSettings(rows);
    const known = thresholds.required.filter((name) => settings.get(name) !== undefined);
    const examined = known.length * Math.max(1, application_roles.length);
    if (application_roles.length === 0) {
      return { examined, findings: known.flatMap((name) => unsetAnywhere(name, settings)) };
    }
    const findings = application_roles.flatMap((role) =>
      known
        .filter((name) => isZero(effective(name, settings, { role, database: server.database })))
        .map((name) => finding({ name, object: `${name} of role ${role}`, others: 0 })),
    );
    return { examined, findings };
  },
});

// What a role gets in a database: the most special wins, as the server applies them.
function effective(
  name: string,
  settings: Settings,
  session: { readonly role: string; readonly database: string },
): string {
  const { role, database } = session;
  const scopes = [
    { role, database },
    { role, database: null },
    { role: null, database },
    { role: null, database: null },
  ];
  const found = scopes
    .map((scope) =>
      settings.overrides.find(
        (one) => one.name === name && one.role === scope.role && one.database === scope.database,
      ),
    )
    .find((override) => override !== undefined);
  return found?.value ?? settings.text(name) ?? '0';
}

// Which role is an application's is not known here: one that has the timeout shows intent.
function unsetAnywhere(name: string, settings: Settings): readonly FindingDraft[] {
  if (!isZero(settings.text(name) ?? '0')) return [];
  const others = settings.overrides.filter((one) => isSetElsewhere(one, name)).length;
  return [finding({ name, object: name, others })];
}

function isSetElsewhere(override: Setting, name: string): boolean {
  return override.name === name && !override.is_ours && !isZero(override.value);
}

function finding(unset: { name: string; object: string; others: number }): FindingDraft {
  const { name, object, others } = unset;
  const isHarmful = name === 'idle_in_transaction_session_timeout' && others === 0;
  const elsewhere =
    others === 0
      ? ''
      : ` for the server; ${plural(others, 'role or database', 'roles or databases')} set it`;
  return {
    object,
    severity: isHarmful ? 'warning' : 'info',
    summary: `${object} is not set${elsewhere}`,
    evidence: { setting: name, overrides: others },
  };
}

// An override is text as somebody wrote it: 0, '0', 0s.
function isZero(value: string): boolean {
  return Number.parseFloat(value) === 0;
}
