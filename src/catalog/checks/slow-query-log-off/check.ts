// No slow statement is ever written to the log.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

// Each of these, when not negative, logs statements by the time they took.
const loggers = [
  'log_min_duration_statement',
  'log_min_duration_sample',
  'auto_explain.log_min_duration',
];

export default defineCheck({
  id: 'slow-query-log-off',
  group: 'settings',
  title: 'Slow statements are not logged',
  why:
    'Counters know means, not the one execution at 3:12 that took two minutes, nor with which ' +
    'values. Only the log has it.',
  remedy:
    'Set log_min_duration_statement to a time that few statements reach (1s to start with) and ' +
    'reload. auto_explain adds the plan.',
  nothing: 'the settings of the log could not be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, log_min_duration_statement; auto_explain', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const known = loggers.flatMap((name) => settings.number(name) ?? []);
    const overrides = settings.overrides.filter(
      ({ name, value }) => loggers.includes(name) && Number.parseFloat(value) >= 0,
    ).length;
    if (settings.get('log_min_duration_statement') === undefined) {
      return { examined: 0, findings: [] };
    }
    if (known.some((limit) => limit >= 0) || overrides > 0) {
      return { examined: known.length, findings: [] };
    }
    return {
      examined: known.length,
      findings: [
        {
          object: 'log_min_duration_statement',
          severity: 'info',
          summary: 'log_min_duration_statement is -1: no slow statement is logged',
          evidence: { log_min_duration_statement_ms: -1 },
        },
      ],
    };
  },
});
