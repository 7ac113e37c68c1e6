// Replication slots that lost WAL their consumer needs, or are about to.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatSize } from '../../../kernel/units.ts';
import { describeSlot, parseSlot, type Slot } from '../../probes/replication-slots/probe.ts';

export default defineCheck({
  id: 'slot-lost',
  group: 'replication',
  title: 'Replication slots that lose their WAL',
  why:
    'Once WAL that a slot stood for is removed, its consumer can never catch up: the standby or ' +
    'subscriber must be built anew.',
  remedy:
    'Not lost yet: bring the consumer back at once, or raise max_slot_wal_keep_size (a reload ' +
    'suffices) while there is disk. Lost: drop the slot and build the standby or subscription ' +
    'anew; a standby may still catch up from the archive by its restore_command.',
  nothing: 'no replication slot exists',
  probe: 'replication-slots',
  thresholds: {
    least_safe_size: size(
      '1GB',
      'Less WAL than this may still be written before the slot is in danger',
      'sixty-four segments: minutes of a busy server',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_replication_slots: wal_status, safe_wal_size, invalidation_reason',
    'check_pgactivity, replication_slots',
  ],
  parse: parseSlot,
  judge({ rows }, { thresholds }) {
    return {
      examined: rows.length,
      findings: rows.flatMap((slot) => danger(slot, thresholds.least_safe_size)),
    };
  },
});

function danger(slot: Slot, least_safe_bytes: number): readonly FindingDraft[] {
  const { slot_name, wal_status, safe_bytes, invalidation_reason, limit_bytes } = slot;
  const evidence = {
    wal_status,
    invalidation_reason,
    safe_bytes,
    retained_bytes: slot.retained_bytes,
    limit_bytes: limit_bytes < 0 ? null : limit_bytes,
    is_active: slot.is_active,
  };
  const report = (severity: 'critical' | 'warning', what: string): readonly FindingDraft[] => [
    { object: slot_name, severity, summary: `${describeSlot(slot)} ${what}`, evidence },
  ];
  if (wal_status === 'lost') {
    const reason = invalidation_reason === null ? '' : ` (${invalidation_reason})`;
    return report('critical', `is lost${reason}: its consumer cannot continue`);
  }
  if (wal_status === 'unreserved') {
    return report('critical', 'is over its limit: the next checkpoint may remove what it needs');
  }
  // safe_wal_size starts at the limit, so a small limit alone is no danger.
  const room_bytes = Math.min(least_safe_bytes, limit_bytes / 2);
  if (safe_bytes === null || safe_bytes >= room_bytes) return [];
  return report('warning', `is in danger after ${formatSize(safe_bytes)} more WAL`);
}
