// Fault: a standby was removed and its replication slot was not; WAL is kept for nobody.
import type { Fault } from '../../estate.ts';

const slot = 'standby_removed';
const segments = 6;

export const inactiveSlot: Fault = {
  id: 'inactive-slot',
  title: 'An inactive slot holds WAL for a standby that is gone',
  found_by: ['slot-inactive', 'slot-retained-wal'],
  async on(stage) {
    await stage.admin.query('select pg_create_physical_replication_slot($1, true)', [slot]);
    for (let segment = 0; segment < segments; segment += 1) {
      await stage.admin.query(`select pg_logical_emit_message(false, 'example', 'more WAL')`);
      await stage.admin.query('select pg_switch_wal()');
    }
  },
  async off(stage) {
    await stage.admin.query('select pg_drop_replication_slot($1)', [slot]);
  },
};
