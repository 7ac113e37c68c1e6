// A standby that is told to stream from its primary and does not.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, numberOrNull, type RawRow, textOrNull } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

interface Reception {
  readonly is_configured: boolean;
  readonly has_restore_command: boolean;
  /** null where no receiver runs. */
  readonly status: string | null;
  readonly sender_host: string | null;
  readonly slot_name: string | null;
  /** Since the primary's last word. */
  readonly silent_ms: number | null;
}

export default defineCheck({
  id: 'replication-receiver-missing',
  group: 'replication',
  title: 'Standby that receives nothing',
  why:
    'A standby without a receiver answers queries as if all were well, falls further behind with ' +
    'every commit, and protects nothing.',
  remedy:
    'Read its log: connection refused, authentication, a slot that is missing or lost, or a ' +
    'requested WAL segment that has already been removed. The last two need the segment from the ' +
    'archive, or a standby built anew.',
  nothing: 'this standby is not told to stream (no primary_conninfo): it restores from an archive',
  needs: { role: 'standby', privilege: 'pg_monitor' },
  thresholds: {
    silent_age: duration(
      '90s',
      'No word from the primary for so long',
      'wal_receiver_timeout is 60 s; the primary speaks every 30 s at least',
    ),
  },
  procedures: ['replication-lag'],
  sources: [
    'PostgreSQL manual, pg_stat_wal_receiver',
    'CloudNativePG, sample alerts',
    'prometheus-community/postgres_exporter#534, #1085',
  ],
  parse: (row: RawRow): Reception => ({
    is_configured: boolean(row, 'is_configured'),
    has_restore_command: boolean(row, 'has_restore_command'),
    status: textOrNull(row, 'status'),
    sender_host: textOrNull(row, 'sender_host'),
    slot_name: textOrNull(row, 'slot_name'),
    silent_ms: numberOrNull(row, 'silent_ms'),
  }),
  judge({ rows }, { thresholds }) {
    const told = rows.filter(({ is_configured }) => is_configured);
    const faults = told.flatMap((reception): readonly FindingDraft[] => {
      const what = fault(reception, thresholds.silent_age);
      return what === undefined ? [] : [finding(reception, what)];
    });
    return { examined: told.length, findings: faults };
  },
});

function fault({ status, silent_ms }: Reception, most_silent_ms: number): string | undefined {
  if (status === null) return 'no WAL receiver is running';
  if (status !== 'streaming') return `the WAL receiver is in state ${status}`;
  if (silent_ms === null || silent_ms < most_silent_ms) return undefined;
  return `the primary has said nothing for ${formatDuration(silent_ms)}`;
}

// With a restore_command it may be catching up from the archive, which is as it should be.
function finding(reception: Reception, what: string): FindingDraft {
  const { has_restore_command, status, sender_host, slot_name, silent_ms } = reception;
  const instead = has_restore_command ? ', it may be restoring from the archive' : '';
  return {
    object: 'WAL receiver',
    severity: has_restore_command ? 'warning' : 'critical',
    summary: `this standby does not stream: ${what}${instead}`,
    evidence: {
      status,
      sender_host,
      slot: slot_name,
      silent_ms: silent_ms === null ? null : Math.round(silent_ms),
      has_restore_command,
    },
  };
}
