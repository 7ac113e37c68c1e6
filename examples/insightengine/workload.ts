// One question to InsightEngine: ask, answer, bill, and the screens that people look at meanwhile.
import type { Client } from 'pg';

type Random = () => number;

const workspaces = 200;
const sources_per_workspace = 3;

interface Question {
  readonly workspace_id: number;
  readonly data_source_id: number;
  readonly random: Random;
}

export async function work(client: Client, random: Random): Promise<void> {
  const data_source_id = 1 + Math.floor(random() ** 3 * workspaces * sources_per_workspace);
  const workspace_id = Math.ceil(data_source_id / sources_per_workspace);
  const question: Question = { workspace_id, data_source_id, random };
  const query_id = await ask(client, question);
  await answer(client, query_id, question);
  await readScreens(client, query_id, question);
}

async function ask(client: Client, question: Question): Promise<string> {
  await client.query(
    `select s.id, s.kind, s.name, w.plan
       from public.data_sources as s
       join public.workspaces as w on w.id = s.workspace_id
      where s.workspace_id = $1`,
    [question.workspace_id],
  );
  const asked = await client.query<{ id: string }>(
    `insert into public.insight_queries (workspace_id, data_source_id, prompt)
     values ($1, $2, $3)
     returning id`,
    [
      question.workspace_id,
      question.data_source_id,
      `How much did revenue change in week ${Math.floor(question.random() * 52)}?`,
    ],
  );
  return asked.rows[0]?.id ?? '0';
}

/** Answer and bill in one transaction, after the model has answered: never while it thinks. */
async function answer(client: Client, query_id: string, question: Question): Promise<void> {
  const { random, workspace_id } = question;
  await client.query('begin');
  await client.query(
    `insert into public.insights (query_id, title, body, confidence)
     values ($1, $2, $3, $4)`,
    [query_id, 'Revenue', JSON.stringify({ text: 'It rose.' }), random().toFixed(3)],
  );
  await client.query(
    `insert into public.usage_events (workspace_id, kind, tokens)
     values ($1, 'prompt', $2), ($1, 'completion', $3)`,
    [workspace_id, Math.ceil(random() ** 2 * 900), Math.ceil(random() ** 2 * 3_000)],
  );
  await client.query(
    `update public.insight_queries
        set status = $2, duration_ms = $3
      where id = $1 and status = 'running'`,
    [query_id, random() < 0.96 ? 'done' : 'failed', Math.ceil(random() ** 2 * 8_000)],
  );
  await client.query('commit');
}

async function readScreens(client: Client, query_id: string, question: Question): Promise<void> {
  await client.query(
    `select id, prompt, status, created_at from public.insight_queries
      where workspace_id = $1
      order by created_at desc
      limit 20`,
    [question.workspace_id],
  );
  await client.query(`select title, body, confidence from public.insights where query_id = $1`, [
    query_id,
  ]);
  await client.query(
    `select kind, sum(tokens) as tokens from public.usage_events
      where workspace_id = $1 and created_at >= date_trunc('month', now())
      group by kind`,
    [question.workspace_id],
  );
  await client.query(
    `select id, created_at from public.insight_queries
      where status = 'running' and created_at < now() - make_interval(mins => $1)`,
    [5],
  );
  await client.query(
    `select count(*) as questions, avg(duration_ms) as mean_duration_ms
       from public.insight_queries
      where data_source_id = $1`,
    [question.data_source_id],
  );
}
