// Planner costs of a turning disk on storage that measurably answers at once.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, number, type RawRow, textOrNull } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'random-page-cost',
  group: 'settings',
  title: 'Cost of a random read',
  why:
    'A cost of 4 says that reading a page out of order takes four times as much. On ' +
    'fast storage that is not so, and the planner shuns indexes that would be faster.',
  remedy:
    'Try 1.1 for the role or database first and compare the plans of the statements that ' +
    'matter; then set it for the server. Use the same value in every environment, or plans ' +
    'tested in one are not those of the other.',
  nothing: 'too few blocks were read between the two samples',
  needs: { history: true },
  thresholds: {
    high_cost: amount(4, 'random_page_cost from here on', 'PostgreSQL: default 4'),
    fast_read_ms: amount(
      1,
      'Milliseconds a block took on average, at most',
      'a turning disk needs 4 ms and more for one',
    ),
    least_blocks: amount(
      1_000,
      'Blocks that must have been read',
      'for a mean that means something',
    ),
  },
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, random_page_cost; track_io_timing', 'pg-extras; postgresqltuner'],
  parse: (row: RawRow) => ({
    blocks: number(row, 'blocks'),
    read_ms: number(row, 'read_ms'),
    stats_reset: textOrNull(row, 'stats_reset'),
    random_page_cost: number(row, 'random_page_cost'),
    is_timed: boolean(row, 'is_timed'),
  }),
  judge({ rows: [now] }, { previous, thresholds }) {
    const before = previous?.facts.rows[0];
    if (now === undefined || before === undefined) {
      return { skipped: 'there is no earlier sample to compare with' };
    }
    // Reads of a time without the setting would count as reads that took no time.
    if (!now.is_timed || !before.is_timed) {
      return { skipped: 'track_io_timing is off: nobody knows how long reads take' };
    }
    const blocks = now.blocks - before.blocks;
    // 14 gives a database a time of reset with its first event: that is a beginning, no reset.
    const isNew = before.stats_reset === null && before.blocks === 0;
    if ((now.stats_reset !== before.stats_reset && !isNew) || blocks < 0) {
      return { skipped: 'the statistics were reset between the two samples' };
    }
    if (blocks < thresholds.least_blocks) return { examined: 0, findings: [] };
    const mean_ms = (now.read_ms - before.read_ms) / blocks;
    if (now.random_page_cost < thresholds.high_cost || mean_ms > thresholds.fast_read_ms) {
      return { examined: blocks, findings: [] };
    }
    return {
      examined: blocks,
      findings: [
        {
          object: 'random_page_cost',
          severity: 'info',
          summary:
            `random_page_cost is ${now.random_page_cost}, yet a read took ` +
            `${mean_ms.toFixed(3)} ms on average (${formatCount(blocks)} blocks)`,
          evidence: {
            random_page_cost: now.random_page_cost,
            blocks,
            mean_read_ms: Math.round(mean_ms * 1_000) / 1_000,
          },
        },
      ],
    };
  },
});
