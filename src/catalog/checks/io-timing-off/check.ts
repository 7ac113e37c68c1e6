// The server does not measure how long its reads and writes take.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'io-timing-off',
  group: 'io',
  title: 'Reads and writes are not timed',
  why:
    'Without track_io_timing nobody can tell a slow disk from a slow plan: pg_stat_database, ' +
    'pg_stat_io, pg_stat_statements and EXPLAIN (BUFFERS) all show zero.',
  remedy:
    'Measure the clock of the host once (pg_test_timing: well below 100 ns is fine on any ' +
    'current hardware), then set track_io_timing = on and reload.',
  nothing: 'track_io_timing could not be read: our own role or database overrides it',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, track_io_timing; pg_test_timing', 'Dasha'],
  parse: parseSetting,
  judge({ rows }) {
    const isOn = readSettings(rows).isOn('track_io_timing');
    if (isOn === undefined) return { examined: 0, findings: [] };
    if (isOn) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'track_io_timing',
          severity: 'info',
          summary: 'track_io_timing is off: how long reads and writes take is not known',
          evidence: { track_io_timing: false },
        },
      ],
    };
  },
});
