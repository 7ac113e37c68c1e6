// A cluster without data checksums does not notice when storage changes its pages.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'data-checksums-off',
  group: 'versions',
  title: 'Data checksums are off',
  why:
    'A page that storage has damaged is then read as if it were sound: wrong rows are returned, ' +
    'backed up and replicated, and nobody notices for months.',
  remedy:
    'Stop the server cleanly and run pg_checksums --enable (it reads and writes every page; do a ' +
    'standby first and switch over), or move by logical replication to a new cluster: from 18 on ' +
    'initdb enables them.',
  nothing: 'data_checksums could not be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, Data Checksums; pg_checksums'],
  parse: parseSetting,
  judge({ rows }) {
    const isOn = readSettings(rows).isOn('data_checksums');
    if (isOn === undefined) return { examined: 0, findings: [] };
    if (isOn) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'data_checksums',
          severity: 'info',
          summary: 'data_checksums is off: damage by storage goes unnoticed',
          evidence: { data_checksums: false },
        },
      ],
    };
  },
});
