// Procurement with many tenants in shared tables, kept apart by row-level security.
import type { Estate } from '../estate.ts';
import { loadScripts } from '../load-scripts.ts';
import { rowSecurityFaults } from './faults/row-security.ts';
import { schemaFaults } from './faults/schema.ts';
import { sessionFaults } from './faults/sessions.ts';
import { work } from './workload.ts';

const estate: Estate = {
  code: 'S1',
  name: 'procgenie',
  summary: 'Procurement for many tenants: row-level security, managed server, migrations',
  major: 18,
  database: 'procgenie',
  // The development column of the runbook's parameter table, with the same planner costs as in
  // production: plans seen while developing are then the plans of production.
  settings: {
    max_connections: '200',
    shared_buffers: '128MB',
    effective_cache_size: '512MB',
    work_mem: '4MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    effective_io_concurrency: '200',
    checkpoint_completion_target: '0.9',
    shared_preload_libraries: 'pg_stat_statements',
    track_io_timing: 'on',
    log_min_duration_statement: '1s',
    log_lock_waits: 'on',
  },
  load: loadScripts,
  work,
  application: { role: 'procgenie_app', name: 'procgenie-api' },
  monitor_grants: [
    'grant usage on schema extensions to pgrunbook_monitor',
    'grant select on all sequences in schema public to pgrunbook_monitor',
  ],
  faults: [...rowSecurityFaults, ...sessionFaults, ...schemaFaults],
};
export default estate;
