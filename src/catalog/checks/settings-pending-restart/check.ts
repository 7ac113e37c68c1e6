// Settings that were changed and take effect only at the next start of the server.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'settings-pending-restart',
  group: 'settings',
  title: 'Settings that wait for a restart',
  why:
    'The configuration says one thing and the server does another. The change arrives at the ' +
    'next restart, perhaps at night after a crash, when nobody remembers it.',
  remedy:
    'Plan a restart, or take the change back (alter system reset, then reload). Check the new ' +
    'value before: one that the server cannot satisfy (memory, a missing library) stops it from ' +
    'starting.',
  nothing: 'no setting could be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, pg_settings: pending_restart', 'pgMonitor'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const pending = settings.all.filter(({ is_pending_restart }) => is_pending_restart);
    return {
      examined: settings.all.length,
      findings: pending.map(({ name, value, unit }) => ({
        object: name,
        severity: 'warning',
        summary: `${name} was changed in the configuration and waits for a restart`,
        evidence: { value_in_force: value, unit },
      })),
    };
  },
});
