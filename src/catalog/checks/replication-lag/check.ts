// Standbys and subscribers that are behind: by bytes first, by time where bytes differ.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, numberOrNull, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { duration, names, size } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize } from '../../../kernel/units.ts';

interface Receiver {
  /** Somebody who receives from this server, or this standby itself. */
  readonly kind: string;
  readonly application_name: string;
  readonly client_address: string | null;
  readonly state: string | null;
  readonly behind_bytes: number;
  readonly lag_ms: number | null;
  /** recovery_min_apply_delay of this standby. */
  readonly delay_ms: number;
}

export default defineCheck({
  id: 'replication-lag',
  group: 'replication',
  title: 'Replication lag',
  why:
    'What a standby has not replayed is missing from its answers, delays a failover, and is lost ' +
    'if it has not even been received.',
  remedy:
    'See where it is stuck: sent but not flushed is the network or the disk of the standby; ' +
    'flushed but not replayed is replay: paused, waiting for a query of the standby, or ' +
    'outrun by writes. A reload of the settings restarts nothing.',
  nothing: 'nobody receives WAL from this server, and it receives none',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    warning_size: size('50MB', 'Behind by so much', 'pgMonitor: 50 MB'),
    critical_size: size('100MB', 'Critically behind', 'pgMonitor and pgEdge workbench: 100 MB'),
    warning_lag: duration('5s', 'Behind for so long, with bytes missing', 'PgHero: 5 s'),
    critical_lag: duration('30s', 'Critically long', 'runbooks of the estates: over 30 s'),
    delayed_standbys: names([], 'application_name of standbys that are late by design', 'none'),
  },
  procedures: ['replication-lag'],
  sources: [
    'PostgreSQL manual, pg_stat_replication',
    'prometheus-community/postgres_exporter#385, #395, #977',
    'ContaAzul/postgresql_exporter#58',
  ],
  parse: (row: RawRow): Receiver => ({
    kind: text(row, 'kind'),
    application_name: text(row, 'application_name'),
    client_address: textOrNull(row, 'client_address'),
    state: textOrNull(row, 'state'),
    behind_bytes: number(row, 'behind_bytes'),
    lag_ms: numberOrNull(row, 'lag_ms'),
    delay_ms: number(row, 'delay_ms'),
  }),
  judge({ rows }, { thresholds }) {
    const expected = rows.filter(
      ({ application_name }) => !thresholds.delayed_standbys.includes(application_name),
    );
    return {
      examined: expected.length,
      findings: expected.flatMap((receiver) => lag(receiver, thresholds)),
    };
  },
});

interface Limits {
  readonly warning_size: number;
  readonly critical_size: number;
  readonly warning_lag: number;
  readonly critical_lag: number;
}

function lag(receiver: Receiver, limits: Limits): readonly FindingDraft[] {
  const { behind_bytes, delay_ms } = receiver;
  if (behind_bytes <= 0) return [];
  const lag_ms = Math.max(0, (receiver.lag_ms ?? 0) - delay_ms);
  // A standby that waits on purpose has bytes to wait with: only its time tells.
  const counted_bytes = delay_ms > 0 ? 0 : behind_bytes;
  const exceeds = (most_bytes: number, most_ms: number) =>
    counted_bytes >= most_bytes || lag_ms >= most_ms;
  if (!exceeds(limits.warning_size, limits.warning_lag)) return [];
  const name = describe(receiver);
  const time = receiver.lag_ms === null ? '' : ` and ${formatDuration(receiver.lag_ms)}`;
  return [
    {
      object: name,
      severity: exceeds(limits.critical_size, limits.critical_lag) ? 'critical' : 'warning',
      summary: `${name} is ${formatSize(behind_bytes)}${time} behind`,
      evidence: {
        behind_bytes,
        lag_ms: receiver.lag_ms === null ? null : Math.round(receiver.lag_ms),
        delay_ms,
        state: receiver.state,
      },
    },
  ];
}

function describe({ kind, application_name, client_address }: Receiver): string {
  if (kind !== 'receiver') return kind;
  return client_address === null ? application_name : `${application_name} (${client_address})`;
}
