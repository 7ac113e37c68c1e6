// Checkpoints forced by the volume of WAL instead of coming by the clock.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatDuration, formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'checkpoint-requested',
  group: 'wal',
  title: 'Checkpoints forced by WAL volume',
  why:
    'After each checkpoint the first change of every page writes the whole page to WAL. ' +
    'Checkpoints that come too often therefore make more WAL, which brings the next one sooner.',
  remedy:
    'Raise max_wal_size until most checkpoints come from checkpoint_timeout; several times the ' +
    'WAL of one timeout is usual. It costs disk space and a longer recovery after a crash.',
  nothing: 'no checkpoint was made between the two samples',
  needs: { history: true, role: 'primary' },
  thresholds: {
    warning_share: percent(50, 'Share of requested checkpoints', 'awesome-prometheus-alerts: 50 %'),
    least_requested: amount(
      2,
      'Fewer requested checkpoints than this are a CHECKPOINT somebody typed, or a base backup',
      'each base backup and CREATE DATABASE asks for one',
    ),
  },
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, WAL Configuration; pg_stat_checkpointer', 'postgres_exporter#1060'],
  parse: (row: RawRow) => ({
    timed: number(row, 'timed'),
    requested: number(row, 'requested'),
    write_ms: number(row, 'write_ms'),
    stats_reset: textOrNull(row, 'stats_reset'),
    max_wal_size: text(row, 'max_wal_size'),
    checkpoint_timeout: text(row, 'checkpoint_timeout'),
  }),
  judge({ rows: [now] }, { previous, thresholds }) {
    const before = previous?.facts.rows[0];
    if (now === undefined || before === undefined || previous === undefined) {
      return { skipped: 'there is no earlier sample to compare with' };
    }
    if (now.stats_reset !== before.stats_reset) {
      return { skipped: 'the counters of checkpoints were reset between the two samples' };
    }
    const requested = now.requested - before.requested;
    const all = requested + now.timed - before.timed;
    const share = (100 * requested) / Math.max(1, all);
    if (requested < thresholds.least_requested || share < thresholds.warning_share) {
      return { examined: all, findings: [] };
    }
    return {
      examined: all,
      findings: [
        {
          object: 'max_wal_size',
          severity: 'warning',
          summary:
            `${requested} of ${all} checkpoints (${formatPercent(share)}) in ` +
            `${formatDuration(previous.elapsed_ms)} were requested before ` +
            `checkpoint_timeout (${now.checkpoint_timeout}) was over; ` +
            `max_wal_size is ${now.max_wal_size}`,
          evidence: {
            requested,
            timed: all - requested,
            requested_percent: Math.round(share * 10) / 10,
            elapsed_ms: Math.round(previous.elapsed_ms),
            write_ms: Math.round(now.write_ms - before.write_ms),
          },
        },
      ],
    };
  },
});
