// How WAL leaves this server: its archiver's settings and counters, and who streams from it.
import { defineProbe } from '../../../kernel/probe.ts';
import {
  boolean,
  list,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';

export default defineProbe({ id: 'archiving' });

/** One row for the server. Ages are in milliseconds, null where the event never happened. */
export interface Archiving {
  readonly mode: string;
  /** True where archive_command or archive_library says how. */
  readonly has_method: boolean;
  /** True where this server should archive: mode on, or always while in recovery. */
  readonly is_active: boolean;
  /** archive_timeout; 0 where a segment is archived only once it is full. */
  readonly timeout_ms: number;
  readonly archived_count: number;
  readonly failed_count: number;
  readonly last_archived_age_ms: number | null;
  readonly last_failed_age_ms: number | null;
  readonly last_failed_wal: string | null;
  /** application_name of every physical walsender in state streaming; base backups left out. */
  readonly receivers: readonly string[];
}

export function parseArchiving(row: RawRow): Archiving {
  return {
    mode: text(row, 'mode'),
    has_method: boolean(row, 'has_method'),
    is_active: boolean(row, 'is_active'),
    timeout_ms: number(row, 'timeout_ms'),
    archived_count: number(row, 'archived_count'),
    failed_count: number(row, 'failed_count'),
    last_archived_age_ms: numberOrNull(row, 'last_archived_age_ms'),
    last_failed_age_ms: numberOrNull(row, 'last_failed_age_ms'),
    last_failed_wal: textOrNull(row, 'last_failed_wal'),
    receivers: list(row, 'receivers'),
  };
}

/** True where the newest thing that happened to the archiver is a failure. */
export function isFailing({ last_failed_age_ms, last_archived_age_ms }: Archiving): boolean {
  if (last_failed_age_ms === null) return false;
  return last_archived_age_ms === null || last_failed_age_ms < last_archived_age_ms;
}
