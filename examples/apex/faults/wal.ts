// WAL that cannot leave the server, or may not.
import { copyTo } from '../../archive-command.ts';
import type { Fault, Stage } from '../../estate.ts';
import { waitUntil } from '../../fault-steps.ts';

const standby_slot = 'apex_standby_2';
const segments_retained = 3;

export const walFaults: readonly Fault[] = [
  {
    id: 'archiving-fails',
    title: 'archive_command fails: the mount of the archive is gone, and WAL piles up',
    found_by: ['wal-archive-failing'],
    async on(stage) {
      const unmounted = copyTo('../unmounted');
      await setArchiveCommand(stage, `alter system set archive_command = '${unmounted}'`);
      await switchSegment(stage);
      await waitUntil(
        stage.admin,
        `select last_failed_time > coalesce(last_archived_time, '-infinity')
           from pg_catalog.pg_stat_archiver`,
      );
    },
    async off(stage) {
      await setArchiveCommand(stage, 'alter system reset archive_command');
      await switchSegment(stage);
      await waitUntil(
        stage.admin,
        `select last_failed_time is null or last_archived_time > last_failed_time
           from pg_catalog.pg_stat_archiver`,
      );
    },
  },
  {
    id: 'standby-gone',
    title: 'A standby was removed and its replication slot was not: it holds WAL back for nobody',
    found_by: ['slot-inactive', 'slot-retained-wal'],
    async on(stage) {
      // True: holds WAL from now on, as it would since the standby last connected.
      await stage.admin.query('select pg_catalog.pg_create_physical_replication_slot($1, true)', [
        standby_slot,
      ]);
      for (let made = 0; made < segments_retained; made += 1) await switchSegment(stage);
    },
    async off(stage) {
      await stage.admin.query(
        `select pg_catalog.pg_drop_replication_slot(slot_name)
           from pg_catalog.pg_replication_slots
          where slot_name = $1`,
        [standby_slot],
      );
    },
  },
];

async function setArchiveCommand(stage: Stage, statement: string): Promise<void> {
  await stage.admin.query(statement);
  await stage.admin.query('select pg_catalog.pg_reload_conf()');
}

/** Completes the current WAL segment; an empty one could not be, so a message goes in first. */
async function switchSegment(stage: Stage): Promise<void> {
  await stage.admin.query(`select pg_catalog.pg_logical_emit_message(false, 'apex', 'switch')`);
  await stage.admin.query('select pg_catalog.pg_switch_wal()');
}
