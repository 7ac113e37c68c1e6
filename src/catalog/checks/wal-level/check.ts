// wal_level = minimal: no base backup, no archiving, no standby.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'wal-level',
  group: 'wal',
  title: 'WAL holds too little for a backup',
  why:
    'With wal_level = minimal the server refuses base backups, archiving and standbys: only a ' +
    'logical dump is left.',
  remedy:
    'Set wal_level = replica (or logical, for logical replication) and max_wal_senders above 0, ' +
    'and restart. Then take a base backup: it cannot be made from WAL written before.',
  nothing: 'wal_level could not be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, wal_level', 'postgresqltuner'],
  parse: parseSetting,
  judge({ rows }) {
    const level = readSettings(rows).text('wal_level');
    if (level === undefined) return { examined: 0, findings: [] };
    if (level !== 'minimal') return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'wal_level',
          severity: 'warning',
          summary: 'wal_level is minimal: no base backup, archiving or standby is possible',
          evidence: { wal_level: level },
        },
      ],
    };
  },
});
