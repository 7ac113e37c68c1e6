// WAL that cannot leave the server, or may not.
import { breakArchive, finishSegment, mendArchive } from '../../archive-command.ts';
import type { Fault } from '../../estate.ts';

const standby_slot = 'apex_standby_2';
const segments_retained = 3;

export const walFaults: readonly Fault[] = [
  {
    id: 'archiving-fails',
    title: 'archive_command fails: the mount of the archive is gone, and WAL piles up',
    found_by: ['wal-archive-failing'],
    on: breakArchive,
    off: mendArchive,
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
      for (let made = 0; made < segments_retained; made += 1) await finishSegment(stage.admin);
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
