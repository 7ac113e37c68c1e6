// No WAL leaves this server: it can be recovered to its last backup and not to a point in time.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { names } from '../../../kernel/thresholds.ts';
import { type Archiving, parseArchiving } from '../../probes/archiving/probe.ts';

export default defineCheck({
  id: 'wal-archiving-off',
  group: 'wal',
  title: 'WAL is not archived',
  why:
    'Without an archive of WAL everything since the last backup is lost with the server, and a ' +
    'wrong DELETE cannot be undone by going back to the minute before it.',
  remedy:
    'Set up archiving with a tool made for it (pgBackRest, WAL-G, Barman), set archive_mode = on ' +
    'and restart. If a provider archives outside the server, say so: has_managed_backup in the ' +
    "target's baselines.",
  nothing: 'no primary to examine',
  probe: 'archiving',
  needs: { role: 'primary', privilege: 'pg_read_all_stats' },
  thresholds: {
    streaming_archivers: names(
      ['pg_receivewal', 'barman_receive_wal', 'wal-g', 'pghoard'],
      'application_name of those who archive by streaming instead',
      "the tools' own defaults",
    ),
  },
  unconfigured: ({ has_managed_backup }) =>
    has_managed_backup ? 'a provider archives WAL outside the server (baselines)' : undefined,
  sources: [
    'PostgreSQL manual, Continuous Archiving and Point-in-Time Recovery; pg_receivewal',
    'postgresqltuner',
  ],
  parse: parseArchiving,
  judge({ rows }, { thresholds }) {
    const exposed = rows.filter(
      ({ is_active, has_method, receivers }) =>
        !(is_active && has_method) &&
        !receivers.some((receiver) => thresholds.streaming_archivers.includes(receiver)),
    );
    return { examined: rows.length, findings: exposed.map(finding) };
  },
});

function finding({ is_active, mode, receivers }: Archiving): FindingDraft {
  const evidence = { archive_mode: mode, streaming_receivers: receivers.length };
  if (!is_active) {
    return {
      object: 'archive_mode',
      severity: 'warning',
      summary: 'archive_mode is off: nothing committed after the last backup can be recovered',
      evidence,
    };
  }
  // Worse than off: the server keeps every segment and waits for a command.
  return {
    object: 'archive_command',
    severity: 'critical',
    summary:
      `archive_mode is ${mode} without archive_command or archive_library: ` +
      'nothing is archived and pg_wal keeps every segment until its disk is full',
    evidence,
  };
}
