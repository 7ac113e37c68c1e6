// SomaBrain (S2): audit log, archive and outbox with row security, WAL archiving, a small server.
import { archive_command } from '../archive-command.ts';
import type { Estate } from '../estate.ts';
import { loadScripts } from '../load-scripts.ts';
import { archiverFailing } from './faults/archiver-failing.ts';
import { auditSilent } from './faults/audit-silent.ts';
import { idleSessions } from './faults/idle-sessions.ts';
import { inactiveSlot } from './faults/inactive-slot.ts';
import { invalidIndex } from './faults/invalid-index.ts';
import { keyTableMissing } from './faults/key-table-missing.ts';
import { outboxBacklog } from './faults/outbox-backlog.ts';
import { ownerNotForced } from './faults/owner-not-forced.ts';
import { sequenceNearEnd } from './faults/sequence-near-end.ts';
import { work } from './workload.ts';

const estate: Estate = {
  code: 'S2',
  name: 'somabrain',
  summary: 'Audit log and outbox with tenants kept apart, WAL archiving, little room for sessions',
  major: 17,
  database: 'somabrain',
  settings: {
    max_connections: '100',
    shared_preload_libraries: 'pg_stat_statements',
    wal_level: 'replica',
    archive_mode: 'on',
    archive_command,
    // Bounds what a quiet hour may lose; without it a segment waits until it is full.
    archive_timeout: '60s',
    max_wal_senders: '10',
    // A forgotten slot may hold this much and is given up beyond it, before the disk is full.
    max_slot_wal_keep_size: '4GB',
    checkpoint_timeout: '15min',
    log_min_duration_statement: '1000',
    log_lock_waits: 'on',
    random_page_cost: '1.1',
  },
  load: loadScripts,
  work,
  application: { role: 'somabrain_app', name: 'somabrain-api' },
  // In an order in which all can be on at once: the sessions that fill the server come last.
  monitor_grants: [
    'grant somabrain_monitor to pgrunbook_monitor',
    'grant select on all sequences in schema public to pgrunbook_monitor',
  ],
  faults: [
    invalidIndex,
    sequenceNearEnd,
    ownerNotForced,
    keyTableMissing,
    auditSilent,
    outboxBacklog,
    inactiveSlot,
    archiverFailing,
    idleSessions,
  ],
};

export default estate;
