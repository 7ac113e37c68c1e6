// Share of block accesses that shared buffers answered, between two looks at the counters.
import type { Facts } from '../../../kernel/model.ts';

export interface BlockCounters {
  /** What they were counted for: a database, the indexes of one. */
  readonly name: string;
  readonly reset_at: string | null;
  readonly hit_blocks: number;
  readonly read_blocks: number;
}

export interface HitRatio {
  readonly name: string;
  readonly hit_blocks: number;
  readonly read_blocks: number;
  readonly hit_percent: number;
}

/** Said where too few blocks were asked for, or the counters were reset in between. */
export const tooFewBlocks = 'too few blocks were read between the two samples to speak of a ratio';

/** Ratios of those with at least so many accesses; counters that fell were reset: left out. */
export function hitRatios(
  now: Facts<BlockCounters>,
  before: Facts<BlockCounters>,
  min_blocks: number,
): readonly HitRatio[] {
  const earlier = new Map(before.rows.map((row) => [row.name, row]));
  return now.rows.flatMap(({ name, reset_at, ...row }) => {
    const start = earlier.get(name);
    if (start === undefined || (start.reset_at !== reset_at && !isUntouched(start))) return [];
    const hit_blocks = row.hit_blocks - start.hit_blocks;
    const read_blocks = row.read_blocks - start.read_blocks;
    const all = hit_blocks + read_blocks;
    if (hit_blocks < 0 || read_blocks < 0 || all < Math.max(1, min_blocks)) return [];
    return [{ name, hit_blocks, read_blocks, hit_percent: (100 * hit_blocks) / all }];
  });
}

// 14 gives a database a time of reset with its first event: that is a beginning, no reset.
function isUntouched({ reset_at, hit_blocks, read_blocks }: BlockCounters): boolean {
  return reset_at === null && hit_blocks === 0 && read_blocks === 0;
}
