// Replication slots: who holds WAL for whom, and how much.
import { defineProbe } from '../../../kernel/probe.ts';
import {
  boolean,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';

export default defineProbe({ id: 'replication-slots' });

export interface Slot {
  readonly slot_name: string;
  readonly slot_type: string;
  /** Of a logical slot. */
  readonly database: string | null;
  readonly is_active: boolean;
  /** Since the consumer left; null where it is connected, and before 17, which does not tell. */
  readonly inactive_age_ms: number | null;
  /** False for a slot that was made, reserves nothing, and never had a consumer. */
  readonly was_used: boolean;
  /** WAL since its restart_lsn. */
  readonly retained_bytes: number;
  /** reserved, extended, unreserved or lost; null where it reserves nothing. */
  readonly wal_status: string | null;
  /** WAL that may still be written before the slot is in danger; null without a limit. */
  readonly safe_bytes: number | null;
  readonly invalidation_reason: string | null;
  /** True for the copy of a primary's slot on a standby. */
  readonly is_synced: boolean;
  /** max_slot_wal_keep_size; negative where there is no limit. */
  readonly limit_bytes: number;
}

export function parseSlot(row: RawRow): Slot {
  return {
    slot_name: text(row, 'slot_name'),
    slot_type: text(row, 'slot_type'),
    database: textOrNull(row, 'database'),
    is_active: boolean(row, 'is_active'),
    inactive_age_ms: numberOrNull(row, 'inactive_age_ms'),
    was_used: boolean(row, 'was_used'),
    retained_bytes: number(row, 'retained_bytes'),
    wal_status: textOrNull(row, 'wal_status'),
    safe_bytes: numberOrNull(row, 'safe_bytes'),
    invalidation_reason: textOrNull(row, 'invalidation_reason'),
    is_synced: boolean(row, 'is_synced'),
    limit_bytes: number(row, 'limit_bytes'),
  };
}

/** "logical slot cdc of database shop": a slot as a person would name it in a sentence. */
export function describeSlot({ slot_name, slot_type, database }: Slot): string {
  return `${slot_type} slot ${slot_name}${database === null ? '' : ` of database ${database}`}`;
}
