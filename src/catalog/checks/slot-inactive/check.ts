// Replication slots that nobody uses: each holds WAL, and some hold back vacuum as well.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize } from '../../../kernel/units.ts';
import { describeSlot, parseSlot, type Slot } from '../../probes/replication-slots/probe.ts';

export default defineCheck({
  id: 'slot-inactive',
  group: 'replication',
  title: 'Replication slots without a consumer',
  why:
    'A slot keeps every segment its consumer has not confirmed, for ever. A logical slot also ' +
    'keeps dead rows of the system catalogs from vacuum.',
  remedy:
    'Find the consumer by the name of the slot. If it will come back, bring it back; if it is ' +
    'gone for good, drop the slot: select pg_drop_replication_slot(name). A consumer whose slot ' +
    'was dropped must be built anew, so be sure.',
  nothing: 'no replication slot exists',
  probe: 'replication-slots',
  thresholds: {
    warning_age: duration(
      '1h',
      'Unused for so long (17 and newer tell)',
      'pgMonitor; check_pgactivity',
    ),
  },
  sources: ['PostgreSQL manual, pg_replication_slots', 'pgEdge workbench; pgMonitor'],
  parse: parseSlot,
  judge({ rows }, { thresholds }) {
    const idle = rows.filter(
      ({ is_active, is_synced, wal_status, inactive_age_ms }) =>
        !is_active &&
        !is_synced &&
        // A lost slot holds nothing any more: slot-lost tells of it.
        wal_status !== 'lost' &&
        (inactive_age_ms === null || inactive_age_ms >= thresholds.warning_age),
    );
    return { examined: rows.length, findings: idle.map(finding) };
  },
});

// Up to 16 a consumer that reconnects this very second looks like one that left a year ago.
function finding(slot: Slot): FindingDraft {
  const { slot_name, inactive_age_ms, retained_bytes, was_used } = slot;
  const since = inactive_age_ms === null ? '' : ` for ${formatDuration(inactive_age_ms)}`;
  const holds = `keeps ${formatSize(retained_bytes)} of WAL`;
  return {
    object: slot_name,
    severity: inactive_age_ms === null || !was_used ? 'info' : 'warning',
    summary: was_used
      ? `${describeSlot(slot)} has had no consumer${since} and ${holds}`
      : `${describeSlot(slot)} was never used`,
    evidence: {
      slot_type: slot.slot_type,
      database: slot.database,
      inactive_age_ms: inactive_age_ms === null ? null : Math.round(inactive_age_ms),
      retained_bytes,
      wal_status: slot.wal_status,
    },
  };
}
