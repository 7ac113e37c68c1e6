// A standby on which somebody paused replay, or that waits at its recovery target.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize } from '../../../kernel/units.ts';

interface Replay {
  readonly state: string;
  /** Received and not replayed. */
  readonly waiting_bytes: number;
  /** Since the last commit that was replayed was made on the primary. */
  readonly commit_age_ms: number | null;
  readonly has_target: boolean;
}

export default defineCheck({
  id: 'replay-paused',
  group: 'replication',
  title: 'Replay of WAL is paused',
  why:
    'The standby still receives, so the primary shows a healthy connection, but what it answers ' +
    'gets older and pg_wal on it grows until its disk is full.',
  remedy:
    'Ask who paused it and why. Go on with select pg_wal_replay_resume(). At a recovery target ' +
    'first make sure that the right moment was reached: resuming there promotes the server.',
  nothing: 'this server replays nothing',
  needs: { role: 'standby' },
  thresholds: {
    critical_size: size('1GB', 'Received meanwhile and not replayed', 'one default max_wal_size'),
  },
  procedures: ['replication-lag'],
  sources: [
    'PostgreSQL manual, pg_get_wal_replay_pause_state',
    'check_pgactivity, is_replay_paused',
  ],
  parse: (row: RawRow): Replay => ({
    state: text(row, 'state'),
    waiting_bytes: number(row, 'waiting_bytes'),
    commit_age_ms: numberOrNull(row, 'commit_age_ms'),
    has_target: boolean(row, 'has_target'),
  }),
  judge({ rows }, { thresholds }) {
    const paused = rows.filter(({ state }) => state !== 'not paused');
    return {
      examined: rows.length,
      findings: paused.map((replay) => finding(replay, thresholds.critical_size)),
    };
  },
});

function finding(replay: Replay, critical_bytes: number): FindingDraft {
  const { state, waiting_bytes, commit_age_ms, has_target } = replay;
  const isMuch = waiting_bytes >= critical_bytes;
  const where = has_target ? 'paused, perhaps at its recovery target' : state;
  const last =
    commit_age_ms === null ? '' : `, the last commit is ${formatDuration(commit_age_ms)} old`;
  return {
    object: 'replay',
    severity: isMuch ? 'critical' : has_target ? 'info' : 'warning',
    summary: `replay is ${where}: ${formatSize(waiting_bytes)} wait${last}`,
    evidence: {
      state,
      waiting_bytes,
      commit_age_ms: commit_age_ms === null ? null : Math.round(commit_age_ms),
      has_recovery_target: has_target,
    },
  };
}
