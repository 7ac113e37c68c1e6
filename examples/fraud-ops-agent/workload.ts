// One investigation of the fraud ops agent, from its run to its audit, and what analysts read.
import type { Client } from 'pg';

type Random = () => number;

/** What one round works on: identifiers are made by the agent, as its schema expects. */
interface Case {
  readonly run_id: string;
  readonly insight_id: string;
  readonly transaction_id: string;
  readonly random: Random;
}

export async function work(client: Client, random: Random): Promise<void> {
  const investigation: Case = {
    run_id: timeOrderedUuid(random),
    insight_id: timeOrderedUuid(random),
    transaction_id: `txn-${String(Math.floor(random() ** 2 * 6_000)).padStart(8, '0')}`,
    random,
  };
  await startRun(client, investigation);
  await recordInsight(client, investigation);
  await recommend(client, investigation);
  await finishRun(client, investigation);
  await readWorklist(client);
  await readScreens(client, investigation);
  if (random() < 0.1) await reportDurations(client);
}

async function startRun(client: Client, { run_id, transaction_id, random }: Case): Promise<void> {
  await client.query(
    `insert into fraud_gov.ops_agent_runs (run_id, mode, trigger_ref, status)
     values ($1, $2, $3, 'RUNNING')`,
    [run_id, random() < 0.7 ? 'deterministic' : 'llm', `transaction:${transaction_id}`],
  );
  await client.query(
    `select run_id, mode, trigger_ref, started_at, status
       from fraud_gov.ops_agent_runs
      where run_id = $1`,
    [run_id],
  );
}

/** Insight and evidence in one transaction; the same key again refreshes the insight. */
async function recordInsight(client: Client, investigation: Case): Promise<void> {
  const { insight_id, transaction_id, random } = investigation;
  await client.query('begin');
  await client.query(
    `insert into fraud_gov.ops_agent_insights
       (insight_id, transaction_id, severity, insight_summary, insight_type, model_mode,
        idempotency_key)
     values ($1, $2, $3, $4, 'velocity', 'deterministic', $5)
     on conflict (idempotency_key) do update
       set severity = excluded.severity,
           insight_summary = excluded.insight_summary,
           generated_at = now()
     returning insight_id`,
    [insight_id, transaction_id, severity(random()), 'Card used often', insight_id],
  );
  await client.query(
    `insert into fraud_gov.ops_agent_evidence
       (evidence_id, insight_id, evidence_kind, evidence_payload)
     values ($1, $2, 'counter', $3)`,
    [timeOrderedUuid(random), insight_id, JSON.stringify({ score: random() })],
  );
  await client.query('commit');
  await audit(client, 'insight', insight_id);
}

function severity(draw: number): string {
  if (draw < 0.62) return 'LOW';
  if (draw < 0.9) return 'MEDIUM';
  return draw < 0.985 ? 'HIGH' : 'CRITICAL';
}

async function recommend(client: Client, { insight_id, random }: Case): Promise<void> {
  const recommendation_id = timeOrderedUuid(random);
  await client.query(
    `insert into fraud_gov.ops_agent_recommendations
       (recommendation_id, insight_id, recommendation_type, recommendation_payload)
     values ($1, $2, 'review_transaction', $3)`,
    [recommendation_id, insight_id, JSON.stringify({ priority: 1 + Math.floor(random() * 5) })],
  );
  if (random() < 0.2) return;
  // Compare and swap: no row comes back where somebody else decided first.
  await client.query(
    `update fraud_gov.ops_agent_recommendations
        set status = 'ACKNOWLEDGED', acknowledged_by = $2, acknowledged_at = now()
      where recommendation_id = $1 and status = 'OPEN'
      returning recommendation_id, status, acknowledged_at`,
    [recommendation_id, `analyst-${1 + Math.floor(random() ** 2 * 12)}`],
  );
  await audit(client, 'recommendation', recommendation_id);
}

async function finishRun(client: Client, { run_id }: Case): Promise<void> {
  await client.query(
    `update fraud_gov.ops_agent_runs
        set status = 'COMPLETED', completed_at = clock_timestamp()
      where run_id = $1 and status = 'RUNNING'`,
    [run_id],
  );
  await audit(client, 'run', run_id);
}

async function audit(client: Client, entity_type: string, entity_id: string): Promise<void> {
  await client.query(
    `insert into fraud_gov.ops_agent_audit_log (entity_type, entity_id, action, performed_by)
     values ($1, $2, 'recorded', 'ops-agent')`,
    [entity_type, entity_id],
  );
}

const worklistPage = `
  select r.recommendation_id, r.recommendation_type, r.status, i.severity, i.insight_summary,
         r.created_at::text as page_end
    from fraud_gov.ops_agent_recommendations as r
    join fraud_gov.ops_agent_insights as i using (insight_id)
   where r.status = $1
     and ($2::timestamptz is null or (r.created_at, r.recommendation_id) < ($2, $3::uuid))
   order by r.created_at desc, r.recommendation_id desc
   limit 50`;

/**
 * Two pages of the open worklist; the second continues after the last row of the first. The time
 * travels as text, because a Date would lose its microseconds and the page would skip rows.
 */
async function readWorklist(client: Client): Promise<void> {
  const first = await client.query(worklistPage, ['OPEN', null, null]);
  const last = first.rows.at(-1);
  if (last === undefined) return;
  await client.query(worklistPage, ['OPEN', last.page_end, last.recommendation_id]);
}

/** What the analysts' screens read: one transaction, the newest insights and runs, the audit. */
async function readScreens(client: Client, investigation: Case): Promise<void> {
  await client.query(
    `select i.insight_id, i.severity, i.insight_summary, i.generated_at,
            coalesce(jsonb_agg(e.evidence_payload order by e.created_at)
                       filter (where e.evidence_id is not null), '[]') as evidence
       from fraud_gov.ops_agent_insights as i
       left join fraud_gov.ops_agent_evidence as e using (insight_id)
      where i.transaction_id = $1
      group by i.insight_id
      order by i.generated_at desc`,
    [investigation.transaction_id],
  );
  await client.query(
    `select insight_id, severity from fraud_gov.ops_agent_insights
      order by generated_at desc limit $1`,
    [20],
  );
  await client.query(
    `select run_id, started_at from fraud_gov.ops_agent_runs
      where status = $1`,
    ['RUNNING'],
  );
  await client.query(
    `select run_id, status from fraud_gov.ops_agent_runs order by started_at desc limit $1`,
    [20],
  );
  await client.query(`select run_id, status from fraud_gov.ops_agent_runs where trigger_ref = $1`, [
    `transaction:${investigation.transaction_id}`,
  ]);
  await client.query(
    `select recommendation_id, status from fraud_gov.ops_agent_recommendations
      where insight_id = $1`,
    [investigation.insight_id],
  );
  await client.query(
    `select action, performed_by, created_at from fraud_gov.ops_agent_audit_log
      where entity_type = 'run' and entity_id = $1`,
    [investigation.run_id],
  );
  await client.query(
    `select action, performed_by from fraud_gov.ops_agent_audit_log
      order by created_at desc limit $1`,
    [20],
  );
}

/** The report may use parallel workers: SET LOCAL, a statement of its own, in its transaction. */
async function reportDurations(client: Client): Promise<void> {
  await client.query('begin read only');
  await client.query('set local max_parallel_workers_per_gather = 4');
  await client.query(
    `select i.severity, count(*) as runs,
            avg(extract(epoch from r.completed_at - r.started_at)) as mean_duration_s
       from fraud_gov.ops_agent_insights as i
       join fraud_gov.ops_agent_runs as r on r.trigger_ref = 'transaction:' || i.transaction_id
      where i.generated_at > now() - make_interval(days => $1)
      group by i.severity`,
    [30],
  );
  await client.query('commit');
}

/** A version 7 uuid: time first, so that new rows land together at the end of the index. */
function timeOrderedUuid(random: Random): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const noise = Array.from({ length: 19 }, () => Math.floor(random() * 16).toString(16)).join('');
  const [high, middle, low] = [noise.slice(0, 3), noise.slice(3, 6), noise.slice(6, 18)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-8${middle}-${low}`;
}
