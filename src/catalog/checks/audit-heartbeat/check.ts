// Whether tables that are written all the time, such as an audit log, were written lately.
import type { HeartbeatBaseline } from '../../../kernel/baselines.ts';
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatDuration } from '../../../kernel/units.ts';
import {
  type DeclaredTable,
  declaredParameters,
  judgeDeclared,
  parseDeclaredTable,
} from '../../probes/declared-tables/probe.ts';

export default defineCheck({
  id: 'audit-heartbeat',
  group: 'application',
  title: 'Tables that no longer receive rows',
  why:
    'The table should receive rows all the time and does not. If it is an audit log, what ' +
    'happens now leaves no trace, and that cannot be made good later.',
  remedy:
    'Find out whether the application works at all. If it does, look for what keeps it from ' +
    'writing here: a revoked INSERT, a policy, a disabled trigger, a full partition, a logger ' +
    'that swallows its errors.',
  nothing: 'no heartbeat is declared',
  probe: 'declared-tables',
  procedures: ['audit-heartbeat'],
  thresholds: {},
  sources: ['PostgreSQL manual, GRANT: privileges on columns; Row Security Policies'],
  unconfigured: ({ heartbeats }) =>
    heartbeats.length === 0
      ? 'no heartbeat is declared (baselines.heartbeats in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) =>
    declaredParameters(
      baselines.heartbeats.map(({ table, column, within_ms }) => ({
        table,
        time_column: column,
        within_ms,
      })),
    ),
  parse: parseDeclaredTable,
  judge: ({ rows }, { baselines, server }) =>
    judgeDeclared(rows, server, (table) => {
      const heartbeat = baselines.heartbeats[table.index];
      return heartbeat === undefined ? undefined : finding(table, heartbeat);
    }),
});

function finding(table: DeclaredTable, heartbeat: HeartbeatBaseline): FindingDraft | undefined {
  const { name, age_ms, problem } = table;
  if (problem === null && age_ms !== null && age_ms <= heartbeat.within_ms) return undefined;
  const within = formatDuration(heartbeat.within_ms);
  const newest =
    age_ms === null ? `no row within ${within}` : `its newest row is ${formatDuration(age_ms)} old`;
  const seen = table.is_restricted ? ', as far as row security shows' : '';
  return {
    object: name,
    key: table.time_column,
    severity: 'critical',
    summary:
      problem === null
        ? `${name} should have received a row within ${within}: ${newest}${seen}`
        : `${name} should have received a row within ${within} and does not exist`,
    evidence: {
      column: table.time_column,
      newest_age_ms: age_ms === null ? null : Math.round(age_ms),
      within_ms: heartbeat.within_ms,
      is_restricted_by_row_security: table.is_restricted,
    },
  };
}
