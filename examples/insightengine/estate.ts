// InsightEngine (S4): questions and insights of workspaces; weekly and monthly maintenance.
import { archive_command } from '../archive-command.ts';
import type { Estate } from '../estate.ts';
import { loadScripts } from '../load-scripts.ts';
import { autovacuumOff } from './faults/autovacuum-off.ts';
import { bloatedTable } from './faults/bloated-table.ts';
import { connectionsExhausted } from './faults/connections-exhausted.ts';
import { importedTable } from './faults/imported-table.ts';
import { longRunningQuery } from './faults/long-running-query.ts';
import { missingForeignKeyIndex } from './faults/missing-foreign-key-index.ts';
import { notValidatedConstraint } from './faults/not-validated-constraint.ts';
import { preparedTransaction } from './faults/prepared-transaction.ts';
import { unusedIndex } from './faults/unused-index.ts';
import { work } from './workload.ts';

const estate: Estate = {
  code: 'S4',
  name: 'insightengine',
  summary: 'Questions and insights: routine maintenance, pool emergency, careless migrations',
  major: 17,
  database: 'insightengine',
  settings: {
    max_connections: '100',
    shared_preload_libraries: 'pg_stat_statements',
    // Imports of two systems commit together.
    max_prepared_transactions: '10',
    archive_mode: 'on',
    archive_command,
    archive_timeout: '60s',
    log_lock_waits: 'on',
    random_page_cost: '1.1',
  },
  load: loadScripts,
  work,
  application: { role: 'insightengine_app', name: 'insightengine-api-1' },
  // In an order in which all can be on at once: open transactions come after what needs a vacuum.
  monitor_grants: ['grant select on all sequences in schema public to pgrunbook_monitor'],
  faults: [
    bloatedTable,
    autovacuumOff,
    importedTable,
    unusedIndex,
    missingForeignKeyIndex,
    notValidatedConstraint,
    longRunningQuery,
    preparedTransaction,
    connectionsExhausted,
  ],
};

export default estate;
