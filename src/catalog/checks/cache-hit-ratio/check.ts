// Databases that find too few of their blocks in shared buffers.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration, formatPercent } from '../../../kernel/units.ts';
import { hitRatios, tooFewBlocks } from '../../probes/buffer-hits/hit-ratio.ts';

export default defineCheck({
  id: 'cache-hit-ratio',
  group: 'io',
  title: 'Low cache hit ratio',
  why:
    'Blocks that are not in shared buffers come from the system, and from the disk if it does ' +
    'not have them either. A ratio that falls means that something reads more than it used to.',
  remedy:
    'Find who reads: pgrunbook check --only top-queries --only index-missing. One sequential ' +
    'scan of a large table is the usual cause. Only when the reads are right is memory too small.',
  nothing: tooFewBlocks,
  probe: 'buffer-hits',
  needs: { history: true },
  thresholds: {
    warning_percent: percent(95, 'Hit ratio below which it is a warning', 'somabrain: 95 %'),
    critical_percent: percent(90, 'Hit ratio below which it is critical', 'somabrain: 90 %'),
    min_blocks: amount(
      50_000,
      'Accesses in the window below which nothing is said',
      'field practice: 50,000 blocks, 400 MB',
    ),
  },
  procedures: ['cache-hit-ratio'],
  sources: [
    'PostgreSQL manual, pg_stat_database: blks_read may still come from the system’s cache',
    'somabrain and apex: 95 and 99 %; a ratio since the last reset never moves',
  ],
  parse: (row: RawRow) => ({
    name: text(row, 'database'),
    reset_at: textOrNull(row, 'reset_at'),
    hit_blocks: number(row, 'hit_blocks'),
    read_blocks: number(row, 'read_blocks'),
  }),
  judge(facts, { previous, thresholds }) {
    if (previous === undefined) return { skipped: 'there is no earlier sample' };
    const ratios = hitRatios(facts, previous.facts, thresholds.min_blocks);
    const findings = ratios
      .filter(({ hit_percent }) => hit_percent < thresholds.warning_percent)
      .map(({ name, hit_percent, hit_blocks, read_blocks }) => ({
        object: `database ${name}`,
        severity:
          hit_percent < thresholds.critical_percent ? ('critical' as const) : ('warning' as const),
        summary:
          `${formatPercent(hit_percent)} of the blocks that database ${name} asked for in ` +
          `${formatDuration(previous.elapsed_ms)} were in shared buffers; ` +
          `${formatCount(read_blocks)} were not`,
        evidence: {
          hit_percent: Math.round(hit_percent * 10) / 10,
          hit_blocks,
          read_blocks,
          elapsed_ms: Math.round(previous.elapsed_ms),
        },
      }));
    return { examined: ratios.length, findings };
  },
});
