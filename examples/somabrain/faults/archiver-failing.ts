// Fault: the volume of the archive is not mounted; segments stay in pg_wal, recovery falls behind.
import { copyTo } from '../../archive-command.ts';
import type { Fault, Stage } from '../../estate.ts';
import { waitUntil } from '../../fault-steps.ts';

export const archiverFailing: Fault = {
  id: 'archiver-failing',
  title: 'No WAL segment reaches the archive',
  found_by: ['wal-archive-failing'],
  async on(stage) {
    await stage.admin.query(`alter system set archive_command = '${copyTo('../not_mounted')}'`);
    await stage.admin.query('select pg_reload_conf()');
    await finishSegment(stage);
    await waitUntil(
      stage.admin,
      `select last_failed_time > coalesce(last_archived_time, '-infinity')
         from pg_stat_archiver`,
    );
  },
  async off(stage) {
    await stage.admin.query('alter system reset archive_command');
    await stage.admin.query('select pg_reload_conf()');
    await finishSegment(stage);
    await waitUntil(
      stage.admin,
      'select last_archived_time > last_failed_time from pg_stat_archiver',
    );
  },
};

/** Writes something, so that there is a segment to finish, and wakes the archiver for it. */
async function finishSegment(stage: Stage): Promise<void> {
  await stage.admin.query(`select pg_logical_emit_message(false, 'example', 'fills a segment')`);
  await stage.admin.query('select pg_switch_wal()');
}
