// Waits for locks leave no trace in the log.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'lock-wait-log-off',
  group: 'settings',
  title: 'Lock waits are not logged',
  why:
    'When a queue behind a lock has dissolved, nobody can say any more who held it. The log ' +
    'would name the waiting process, the holders and the statement.',
  remedy:
    'Set log_lock_waits = on and reload. It writes one line for each wait longer than ' +
    'deadlock_timeout (1 s), and checks nothing more than the server checks anyway.',
  nothing: 'log_lock_waits could not be read: our own role or database overrides it',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, log_lock_waits'],
  parse: parseSetting,
  judge({ rows }) {
    const isOn = readSettings(rows).isOn('log_lock_waits');
    if (isOn === undefined) return { examined: 0, findings: [] };
    if (isOn) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'log_lock_waits',
          severity: 'info',
          summary: 'log_lock_waits is off: waits for locks leave no trace',
          evidence: { log_lock_waits: false },
        },
      ],
    };
  },
});
