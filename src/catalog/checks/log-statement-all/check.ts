// Every statement is written to the log: slow, large, and full of other people's data.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft, Severity } from '../../../kernel/model.ts';
import {
  describeScope,
  parseSetting,
  readSettings,
  type Setting,
} from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'log-statement-all',
  group: 'settings',
  title: 'Logging of every statement',
  why:
    'The log then holds the literals of every statement: names, addresses, passwords set by ' +
    'ALTER ROLE. On a busy server writing it costs more than the statements.',
  remedy:
    'Set log_statement = ddl, and log_min_duration_statement to the time from which a statement ' +
    'is slow. For counts and times use pg_stat_statements, for an audit pgaudit.',
  nothing: 'log_statement could not be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, log_statement; log_min_duration_statement', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const own = ['log_statement', 'log_min_duration_statement'].flatMap((name) => {
      const setting = settings.get(name);
      return setting === undefined ? [] : [setting];
    });
    return {
      examined: own.length,
      findings: [...own, ...settings.overrides].flatMap(judgeSetting),
    };
  },
});

function judgeSetting(setting: Setting): readonly FindingDraft[] {
  const { name, value, is_override } = setting;
  const flaw = flawOf(name, value.trim().toLowerCase());
  if (flaw === undefined) return [];
  const [severity, what] = flaw;
  const scope = is_override ? ` of ${describeScope(setting)}` : '';
  return [
    {
      object: `${name}${scope}`,
      severity,
      summary: `${name}${scope} is ${value}: ${what}`,
      evidence: { setting: name, value, role: setting.role, database: setting.database },
    },
  ];
}

function flawOf(name: string, value: string): readonly [Severity, string] | undefined {
  if (name === 'log_min_duration_statement' && Number.parseFloat(value) === 0) {
    return ['warning', 'every statement is logged with its time'];
  }
  if (name !== 'log_statement') return undefined;
  if (value === 'all') return ['warning', 'every statement is logged'];
  return value === 'mod' ? ['info', 'every statement that writes is logged'] : undefined;
}
