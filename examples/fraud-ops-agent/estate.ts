// The fraud ops agent (S0): investigations in schema fraud_gov, asyncpg pools of four workers.
import { archive_command } from '../archive-command.ts';
import type { Estate } from '../estate.ts';
import { loadScripts } from '../load-scripts.ts';
import { blockedWriters } from './faults/blocked-writers.ts';
import { deadTuples } from './faults/dead-tuples.ts';
import { duplicateIndex } from './faults/duplicate-index.ts';
import { longActiveQuery } from './faults/long-active-query.ts';
import { poolAtLimit } from './faults/pool-at-limit.ts';
import { redundantIndex } from './faults/redundant-index.ts';
import { staleStatistics } from './faults/stale-statistics.ts';
import { work } from './workload.ts';

const estate: Estate = {
  code: 'S0',
  name: 'fraud-ops-agent',
  summary: 'Fraud investigations: pool arithmetic, keyset worklists, lock contention',
  major: 18,
  database: 'fraud_gov',
  settings: {
    // 80 connections of the agent, its sibling services and monitoring: 200 to 300 is usual.
    max_connections: '200',
    shared_preload_libraries: 'pg_stat_statements',
    archive_mode: 'on',
    archive_command,
    archive_timeout: '60s',
    track_io_timing: 'on',
    log_lock_waits: 'on',
    random_page_cost: '1.1',
  },
  load: loadScripts,
  work,
  application: { role: 'ops_agent', name: 'ops-agent-worker-1' },
  // In an order in which all can be on at once: open transactions come after what needs a vacuum.
  monitor_grants: [
    'grant usage on schema fraud_gov to pgrunbook_monitor',
    'grant select on all sequences in schema fraud_gov to pgrunbook_monitor',
  ],
  faults: [
    staleStatistics,
    deadTuples,
    duplicateIndex,
    redundantIndex,
    longActiveQuery,
    blockedWriters,
    poolAtLimit,
  ],
};

export default estate;
