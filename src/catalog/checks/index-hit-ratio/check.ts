// Indexes that are not kept in memory.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration, formatPercent } from '../../../kernel/units.ts';
import { hitRatios, tooFewBlocks } from '../../probes/buffer-hits/hit-ratio.ts';

export default defineCheck({
  id: 'index-hit-ratio',
  group: 'io',
  title: 'Low hit ratio of indexes',
  why:
    'Every lookup walks an index from its root, so the blocks of indexes that are in use should ' +
    'be in memory. Where they are not, each lookup waits for the disk several times.',
  remedy:
    'Drop unused and redundant indexes and rebuild bloated ones (pgrunbook check --only ' +
    'index-unused --only index-redundant --only index-bloat) before you buy memory.',
  nothing: tooFewBlocks,
  // It adds up the counters of every index: 40 ms for 30,000 of them.
  lane: 'slow',
  needs: { history: true },
  thresholds: {
    warning_percent: percent(95, 'Hit ratio below which it is a warning', 'apex: 95 %'),
    min_blocks: amount(
      10_000,
      'Accesses in the window below which nothing is said',
      'some thousand lookups of four blocks each',
    ),
  },
  procedures: ['index-hit-ratio'],
  sources: [
    'PostgreSQL manual, pg_statio_all_indexes: idx_blks_hit and idx_blks_read',
    'fraud-ops-agent: 99 %. The share of index scans among all scans is another figure',
  ],
  parse: (row: RawRow) => ({
    name: text(row, 'database'),
    reset_at: textOrNull(row, 'reset_at'),
    indexes: number(row, 'examined_indexes'),
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
        severity: 'warning' as const,
        summary:
          `${formatPercent(hit_percent)} of the index blocks that database ${name} asked for in ` +
          `${formatDuration(previous.elapsed_ms)} were in shared buffers; ` +
          `${formatCount(read_blocks)} were not`,
        evidence: {
          hit_percent: Math.round(hit_percent * 10) / 10,
          hit_blocks,
          read_blocks,
          elapsed_ms: Math.round(previous.elapsed_ms),
        },
      }));
    return { examined: ratios.length === 0 ? 0 : (facts.rows[0]?.indexes ?? 0), findings };
  },
});
