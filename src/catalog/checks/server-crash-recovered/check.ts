// A process of the server died, all sessions were ended, and the server recovered by itself.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

interface Checkpointer {
  readonly started_at: string;
  /** From the start of the server to the start of this process. */
  readonly gap_ms: number;
  readonly age_ms: number;
}

export default defineCheck({
  id: 'server-crash-recovered',
  group: 'versions',
  title: 'Crash and recovery without a restart',
  why:
    'When one process is killed or crashes, the server ends all sessions and replays WAL. It is ' +
    'up again in seconds, so nobody asks why; the cause comes back.',
  remedy:
    'Find the line "terminated by signal" in the log. Signal 9 mostly is the out-of-memory ' +
    'killer: lower max_connections or work_mem, and set vm.overcommit_memory = 2. Signal 11 or 6 ' +
    'is a bug, often of an extension: update it, keep the core dump. Check the unlogged tables: ' +
    'they are empty now.',
  nothing: 'the checkpointer could not be seen',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    least_gap: duration(
      '10s',
      'Between the start of the server and of its processes',
      'a start takes less',
    ),
    warning_age: duration(
      '1d',
      'Since the recovery: a warning, then info',
      'a day to find the log',
    ),
    forget_age: duration('30d', 'Since the recovery: not told any more', 'the log is gone'),
  },
  sources: ['PostgreSQL manual, Linux Memory Overcommit', 'check_pgactivity, uptime'],
  parse: (row: RawRow): Checkpointer => ({
    started_at: text(row, 'started_at'),
    gap_ms: number(row, 'gap_ms'),
    age_ms: number(row, 'age_ms'),
  }),
  judge({ rows }, { thresholds }) {
    const recovered = rows.filter(
      ({ gap_ms, age_ms }) => gap_ms >= thresholds.least_gap && age_ms < thresholds.forget_age,
    );
    return {
      examined: rows.length,
      findings: recovered.map((one) => finding(one, thresholds.warning_age)),
    };
  },
});

function finding(checkpointer: Checkpointer, warning_age_ms: number): FindingDraft {
  const { started_at, gap_ms, age_ms } = checkpointer;
  return {
    object: 'server',
    key: started_at,
    severity: age_ms < warning_age_ms ? 'warning' : 'info',
    summary:
      `the server recovered from a crash ${formatDuration(age_ms)} ago, ` +
      `${formatDuration(gap_ms)} after its start: all sessions were ended`,
    evidence: { age_ms: Math.round(age_ms), uptime_before_ms: Math.round(gap_ms), started_at },
  };
}
