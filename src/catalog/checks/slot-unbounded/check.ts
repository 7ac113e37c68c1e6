// Slots may keep WAL without any limit: one forgotten consumer fills the disk.
import { defineCheck } from '../../../kernel/check.ts';
import { plural } from '../../../kernel/units.ts';
import { parseSlot } from '../../probes/replication-slots/probe.ts';

export default defineCheck({
  id: 'slot-unbounded',
  group: 'replication',
  title: 'Replication slots without a limit',
  why:
    'Without max_slot_wal_keep_size a consumer that stops reading makes pg_wal grow until its ' +
    'disk is full and the primary stops.',
  remedy:
    'Decide how much WAL the disk can spare beside max_wal_size, set max_slot_wal_keep_size to ' +
    'that and reload. A consumer that falls behind farther must then be built anew.',
  nothing: 'no replication slot exists',
  probe: 'replication-slots',
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, max_slot_wal_keep_size'],
  parse: parseSlot,
  judge({ rows }) {
    const unbounded = rows.filter(({ limit_bytes }) => limit_bytes < 0);
    if (unbounded.length === 0) return { examined: rows.length, findings: [] };
    return {
      examined: rows.length,
      findings: [
        {
          object: 'max_slot_wal_keep_size',
          severity: 'warning',
          summary:
            `max_slot_wal_keep_size is -1 with ${plural(rows.length, 'slot')}: ` +
            'one that nobody reads can fill the disk',
          evidence: {
            slots: rows.length,
            inactive_slots: rows.filter(({ is_active }) => !is_active).length,
            retained_bytes: Math.max(...rows.map(({ retained_bytes }) => retained_bytes)),
          },
        },
      ],
    };
  },
});
