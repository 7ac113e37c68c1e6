// A project service: dashboards over projects, cached results, statistics, WAL archiving.
import { archive_command } from '../archive-command.ts';
import type { Estate } from '../estate.ts';
import { loadScripts } from '../load-scripts.ts';
import { indexFaults } from './faults/indexes.ts';
import { tableFaults } from './faults/tables.ts';
import { vacuumFaults } from './faults/vacuum.ts';
import { walFaults } from './faults/wal.ts';
import { work } from './workload.ts';

const estate: Estate = {
  code: 'S3',
  name: 'apex',
  summary: 'Project service: materialized statistics, exporter, WAL archiving, load and DR tests',
  major: 17,
  database: 'apex',
  settings: {
    max_connections: '100',
    shared_buffers: '256MB',
    effective_cache_size: '512MB',
    random_page_cost: '1.1',
    wal_level: 'replica',
    archive_mode: 'on',
    archive_command,
    // A quiet server would keep its last segment to itself: five minutes may be lost, no more.
    archive_timeout: '4min',
    max_slot_wal_keep_size: '2GB',
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track': 'all',
    track_io_timing: 'on',
    log_min_duration_statement: '1s',
    log_lock_waits: 'on',
  },
  load: loadScripts,
  work,
  application: { role: 'apex_app', name: 'apex-api' },
  monitor_grants: [
    'grant usage on schema extensions to pgrunbook_monitor',
    'grant select on all sequences in schema public to pgrunbook_monitor',
  ],
  faults: [...indexFaults, ...vacuumFaults, ...tableFaults, ...walFaults],
};
export default estate;
