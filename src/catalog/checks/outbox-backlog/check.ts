// Messages that wait in an outbox for longer, or in larger number, than their owner allows.
import type { OutboxBaseline } from '../../../kernel/baselines.ts';
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatCount, formatDuration, plural } from '../../../kernel/units.ts';
import {
  type DeclaredTable,
  declaredParameters,
  judgeDeclared,
  parseDeclaredTable,
} from '../../probes/declared-tables/probe.ts';

export default defineCheck({
  id: 'outbox-backlog',
  group: 'application',
  title: 'Messages that wait in an outbox',
  why:
    'Messages were committed and are not sent: other systems do not know what happened here. ' +
    'The table grows meanwhile, and the relay has more to catch up with.',
  remedy:
    'Look at the relay first: does it run, is it connected, does it wait for a lock or sit idle ' +
    'in a transaction, does one poisonous message stop it? Never delete pending messages. Once ' +
    'it runs again, watch the number fall.',
  nothing: 'no outbox is declared',
  probe: 'declared-tables',
  procedures: ['outbox-backlog'],
  thresholds: {},
  sources: ['PostgreSQL manual, GRANT: privileges on columns; Row Security Policies'],
  unconfigured: ({ outboxes }) =>
    outboxes.length === 0
      ? 'no outbox is declared (baselines.outboxes in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) =>
    declaredParameters(
      baselines.outboxes.map(({ table, status_column, pending, created_column, ...limits }) => ({
        table,
        time_column: created_column,
        status: { column: status_column, pending, most: limits.most },
        within_ms: limits.oldest_ms,
      })),
    ),
  parse: parseDeclaredTable,
  judge: ({ rows }, { baselines, server }) =>
    judgeDeclared(rows, server, (table) => {
      const outbox = baselines.outboxes[table.index];
      return outbox === undefined ? undefined : finding(table, outbox);
    }),
});

function finding(table: DeclaredTable, outbox: OutboxBaseline): FindingDraft | undefined {
  const { name, age_ms, problem } = table;
  const count = table.row_count ?? 0;
  const isOld = age_ms !== null && age_ms > outbox.oldest_ms;
  const isLong = count > outbox.most;
  if (problem === null && !isOld && !isLong) return undefined;
  // Counting stops one above the limit, so that a long backlog costs no more than a short one.
  const many = isLong
    ? `more than ${plural(outbox.most, 'message')} wait in ${name}`
    : `${plural(count, 'message')} ${count === 1 ? 'waits' : 'wait'} in ${name}`;
  const since = age_ms === null ? '' : `, the oldest for ${formatDuration(Math.max(0, age_ms))}`;
  return {
    object: name,
    // Old and many: nothing is sent at all. One of them may be a burst, or one bad message.
    severity: isOld && isLong ? 'critical' : 'warning',
    summary:
      problem === null
        ? `${many}${since}, against ${formatCount(outbox.most)} for at most ` +
          formatDuration(outbox.oldest_ms)
        : `${name} is declared as an outbox and does not exist`,
    evidence: {
      pending_at_least: table.row_count,
      most: outbox.most,
      oldest_ms: age_ms === null ? null : Math.round(age_ms),
      oldest_allowed_ms: outbox.oldest_ms,
      is_restricted_by_row_security: table.is_restricted,
    },
  };
}
