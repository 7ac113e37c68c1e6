// Planner methods that somebody switched off, for the server, a role or a database.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  describeScope,
  isWrittenOff,
  parseSetting,
  readSettings,
  type Setting,
} from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'planner-methods-off',
  group: 'settings',
  title: 'Planner methods that are switched off',
  why:
    'A method switched off to cure one statement is missing in the plans of all others, for as ' +
    'long as nobody remembers.',
  remedy:
    'Reset it (alter system reset enable_…) and cure the one statement: fresh or extended ' +
    'statistics, an index, another form. Where it must stay, set it in that transaction only.',
  nothing: 'no planner setting could be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, Planner Method Configuration', 'check_pgactivity, configuration'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const methods = settings.all.filter(isMethod);
    // Some methods are off unless asked for (enable_partitionwise_join).
    const off = methods.filter(({ value }) => value === 'off');
    const overridden = settings.overrides.filter(
      (one) => one.name.startsWith('enable_') && isWrittenOff(one.value),
    );
    return {
      examined: methods.length,
      findings: [...off.map(ofServer), ...overridden.map(ofScope)],
    };
  },
});

function isMethod({ name, built_in }: Setting): boolean {
  return name.startsWith('enable_') && built_in === 'on';
}

function ofServer({ name }: Setting): FindingDraft {
  return {
    object: name,
    severity: 'warning',
    summary: `${name} is off for the whole server`,
    evidence: { setting: name },
  };
}

function ofScope(override: Setting): FindingDraft {
  const { name, role, database } = override;
  const scope = describeScope(override);
  return {
    object: `${name} of ${scope}`,
    severity: 'info',
    summary: `${name} is off for ${scope}`,
    evidence: { setting: name, role, database },
  };
}
