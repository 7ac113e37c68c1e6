// How much the indexes that nothing but queries needs are used, since the counters began.

import type { Server } from '../../../kernel/model.ts';
import { defineProbe } from '../../../kernel/probe.ts';
import {
  booleanOrNull,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';
import { duration, type ThresholdValues } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

export default defineProbe({ id: 'index-usage', lane: 'slow', row_limit: 100 });

/** One index that was not scanned, beside the totals, which every row repeats. */
export interface IndexUsage {
  readonly counting: Counting;
  /** Standbys connected now; what they scan is counted there. */
  readonly standbys: number;
  readonly size_bytes: number;
  readonly unscanned_indexes: number;
  readonly unscanned_size_bytes: number;
  readonly unscanned: UnscannedIndex | undefined;
}

export interface Counting {
  /** How far back the counters reach for certain; null where nothing proves it. */
  readonly window_ms: number | null;
  readonly is_long_enough: boolean;
}

export interface UnscannedIndex {
  readonly index: string;
  readonly table: string;
  /** 1, or the number of partitions that hold a part of it. */
  readonly parts: number;
  readonly size_bytes: number;
  /** Known since PostgreSQL 16; null where it was never scanned. */
  readonly last_scan_age_ms: number | null;
  /** Rows inserted, updated and deleted in the table since the counters began. */
  readonly table_writes: number;
  readonly definition: string;
}

export function parseIndexUsage(row: RawRow): IndexUsage {
  return {
    counting: {
      window_ms: numberOrNull(row, 'window_ms'),
      is_long_enough: booleanOrNull(row, 'is_long_enough') ?? false,
    },
    standbys: number(row, 'standbys'),
    size_bytes: number(row, 'size_bytes'),
    unscanned_indexes: number(row, 'unscanned_indexes'),
    unscanned_size_bytes: number(row, 'unscanned_size_bytes'),
    unscanned: textOrNull(row, 'index') === null ? undefined : unscannedIndex(row),
  };
}

/** Thresholds that say when an index counts as not used. */
export const usageThresholds = {
  min_window: duration(
    '30d',
    'The counters must be known to reach back so far',
    'covers what runs once a month; ankane/pghero#140',
  ),
  last_scan: duration(
    '90d',
    'On 16 and later, an index last scanned so long ago counts as not scanned',
    'covers what runs once a quarter',
  ),
};

/** Values of the query; the time of the last scan is known since 16. */
export function usageParameters(
  { min_window, last_scan }: ThresholdValues<typeof usageThresholds>,
  server: Server,
): readonly unknown[] {
  return server.version_num >= 160_000 ? [min_window, last_scan] : [min_window];
}

/** Why counters of this age cannot say that something is unused. */
export function tooYoung({ window_ms }: Counting, min_window_ms: number): string {
  const asked = `not being scanned means little before ${formatDuration(min_window_ms)}`;
  if (window_ms === null) return `nothing tells since when scans have been counted; ${asked}`;
  return `scans have been counted for ${formatDuration(window_ms)}; ${asked}`;
}

function unscannedIndex(row: RawRow): UnscannedIndex {
  return {
    index: text(row, 'index'),
    table: text(row, 'table'),
    parts: number(row, 'parts'),
    size_bytes: number(row, 'index_size_bytes'),
    last_scan_age_ms: numberOrNull(row, 'last_scan_age_ms'),
    table_writes: number(row, 'table_writes'),
    definition: text(row, 'definition'),
  };
}
