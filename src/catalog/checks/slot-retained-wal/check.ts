// Replication slots that keep a lot of WAL.
import { defineCheck } from '../../../kernel/check.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatSize } from '../../../kernel/units.ts';
import { describeSlot, parseSlot } from '../../probes/replication-slots/probe.ts';

export default defineCheck({
  id: 'slot-retained-wal',
  group: 'replication',
  title: 'WAL kept for replication slots',
  why: 'WAL kept for a slot stays in pg_wal until the slot moves on or the disk is full.',
  remedy:
    'If the consumer is connected, see why it does not confirm: it is slow, blocked, or it never ' +
    'reports its position. If it is gone, drop the slot. Bound the next one by ' +
    'max_slot_wal_keep_size.',
  nothing: 'no replication slot exists',
  probe: 'replication-slots',
  thresholds: {
    warning_size: size('1GB', 'Kept for one slot', 'pgEdge workbench: 1 GB'),
    critical_size: size('10GB', 'Kept for one slot, critical', 'ten times the warning'),
  },
  sources: ['PostgreSQL manual, Replication Slots; pg_replication_slots', 'pgEdge workbench'],
  parse: parseSlot,
  judge({ rows }, { thresholds }) {
    const large = rows.filter(({ retained_bytes }) => retained_bytes >= thresholds.warning_size);
    return {
      examined: rows.length,
      findings: large.map((slot) => ({
        object: slot.slot_name,
        severity: slot.retained_bytes >= thresholds.critical_size ? 'critical' : 'warning',
        summary:
          `${describeSlot(slot)} keeps ${formatSize(slot.retained_bytes)} of WAL ` +
          (slot.is_active ? 'although its consumer is connected' : 'and has no consumer'),
        evidence: {
          retained_bytes: slot.retained_bytes,
          is_active: slot.is_active,
          wal_status: slot.wal_status,
          limit_bytes: slot.limit_bytes < 0 ? null : slot.limit_bytes,
        },
      })),
    };
  },
});
