// The declared recovery point objective against what the settings can promise.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import { type Archiving, isFailing, parseArchiving } from '../../probes/archiving/probe.ts';

export default defineCheck({
  id: 'recovery-point-objective',
  group: 'wal',
  title: 'Recovery point objective out of reach',
  why:
    'A segment is archived when it is full. On a quiet database that takes hours or days, and ' +
    'all of it is lost with the server, whatever the document promises.',
  remedy:
    'Set archive_timeout to the objective or less (a switched segment costs 16 MB before ' +
    'compression), or keep a standby or pg_receivewal streaming, which lags by less than seconds.',
  nothing: 'no primary to examine',
  probe: 'archiving',
  needs: { role: 'primary', privilege: 'pg_read_all_stats' },
  thresholds: {},
  unconfigured({ recovery_point_ms, has_managed_backup }) {
    if (has_managed_backup) return 'a provider archives WAL: its settings are not in the server';
    return recovery_point_ms === null ? 'no recovery_point_ms is declared (baselines)' : undefined;
  },
  sources: ['PostgreSQL manual, archive_timeout'],
  parse: parseArchiving,
  judge({ rows }, { baselines }) {
    const objective_ms = baselines.recovery_point_ms ?? Infinity;
    return {
      examined: rows.length,
      findings: rows.flatMap((row) => violation(row, objective_ms)),
    };
  },
});

// Who streams receives a commit at once, archiving or not.
function violation(archiver: Archiving, objective_ms: number): readonly FindingDraft[] {
  if (archiver.receivers.length > 0) return [];
  const objective = `the objective is ${formatDuration(objective_ms)}`;
  const evidence = {
    recovery_point_ms: objective_ms,
    archive_mode: archiver.mode,
    archive_timeout_ms: archiver.timeout_ms,
    streaming_receivers: 0,
  };
  if (!archiver.is_active || !archiver.has_method) {
    const summary = `WAL is neither archived nor streamed, and ${objective}`;
    return [{ object: 'archive_mode', severity: 'critical', summary, evidence }];
  }
  const success_age_ms = archiver.last_archived_age_ms;
  if (isFailing(archiver) && (success_age_ms ?? Infinity) > objective_ms) {
    const since = success_age_ms === null ? 'ever' : `for ${formatDuration(success_age_ms)}`;
    const failures = plural(archiver.failed_count, 'failed attempt');
    const summary = `nothing was archived ${since} after ${failures}, and ${objective}`;
    return [{ object: 'archiver', severity: 'critical', summary, evidence }];
  }
  if (archiver.timeout_ms > 0 && archiver.timeout_ms <= objective_ms) return [];
  const wait =
    archiver.timeout_ms === 0
      ? 'archive_timeout is 0: a segment is archived once it is full, however long that takes'
      : `archive_timeout is ${formatDuration(archiver.timeout_ms)}`;
  const summary = `${wait}, and ${objective}`;
  return [{ object: 'archive_timeout', severity: 'warning', summary, evidence }];
}
