// Counters of pg_stat_database, and what happened between two looks at them.
import type { Facts } from '../../../kernel/model.ts';
import { defineProbe } from '../../../kernel/probe.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';

export default defineProbe({ id: 'database-counters' });

const counters = [
  'commits',
  'rollbacks',
  'deadlocks',
  'temp_files',
  'temp_bytes',
  'sessions',
  'sessions_abandoned',
  'sessions_fatal',
  'sessions_killed',
] as const;
export type Counter = (typeof counters)[number];

/** Counters that only mean something against an earlier reading of the same database. */
export interface Reading {
  readonly database: string;
  /** When the counters began at 0; null where they were never reset. */
  readonly reset_at: string | null;
  readonly counts: ReadonlyMap<string, number>;
}

export function parseDatabaseCounters(row: RawRow): Reading {
  return {
    database: text(row, 'database'),
    reset_at: textOrNull(row, 'reset_at'),
    counts: new Map(counters.map((name) => [name, number(row, name)])),
  };
}

/** What happened in one database between two readings. */
export interface Change<Name extends string> {
  readonly database: string;
  readonly elapsed_ms: number;
  /** How much the counter grew. */
  of(counter: Name): number;
}

/** What a judge answers where the earlier sample has nothing of this probe. */
export const noEarlierSample = { skipped: 'there is no earlier sample of these counters' } as const;

/** Said of databases that were left out, all of them. */
export const nothingComparable = 'the counters were reset between the two samples';

/** Databases whose counters were reset in between, by hand or by a crash, are left out. */
export function changesOf<Name extends string = Counter>(
  { rows }: Facts<Reading>,
  previous: { readonly facts: Facts<Reading>; readonly elapsed_ms: number },
): readonly Change<Name>[] {
  const earlier = new Map(previous.facts.rows.map((row) => [row.database, row]));
  return rows.flatMap(({ database, reset_at, counts }) => {
    const before = earlier.get(database);
    if (before === undefined) return [];
    if (before.reset_at !== reset_at && !isUntouched(before)) return [];
    const grown = new Map(
      [...counts].map(([name, count]) => [name, count - (before.counts.get(name) ?? count)]),
    );
    if ([...grown.values()].some((growth) => growth < 0)) return [];
    const of = (counter: Name) => grown.get(counter) ?? 0;
    return [{ database, elapsed_ms: previous.elapsed_ms, of }];
  });
}

// 14 begins to count a database, and notes the time, when something first happens in it.
function isUntouched({ reset_at, counts }: Reading): boolean {
  return reset_at === null && [...counts.values()].every((count) => count === 0);
}

/** Events in a second of the time between the two readings. */
export function perSecond(count: number, elapsed_ms: number): number {
  return (1_000 * count) / Math.max(1, elapsed_ms);
}
