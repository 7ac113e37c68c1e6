// One round of what the project service does: dashboard, cache look-up, an edit, an event.
import type { Client } from 'pg';

const page_rows = 20;
const constants_version = '2024.3';

/** Reads as the dashboard does, then opens a project, saves it and tells what happened. */
export async function work(client: Client, random: () => number): Promise<void> {
  const project = await readDashboard(client, random);
  await readAccount(client, project.account_id);
  const project_id = (await findByContent(client, random)) ?? project.project_id;
  await inTransaction(client, async () => {
    const version = await openProject(client, project_id);
    await saveProject(client, { project_id, version }, random);
  });
}

interface Project {
  readonly project_id: string;
  readonly account_id: string;
}

async function readDashboard(client: Client, random: () => number): Promise<Project> {
  await client.query(
    `select project_id, name, created_at
       from public.projects
      where status = $1
      order by created_at desc, project_id desc
      limit $2`,
    ['submitted', page_rows],
  );
  const active = await client.query<Project>(
    `select project_id, account_id, name, status
       from public.projects
      where status <> 'draft'
      order by created_at desc, project_id desc
      limit $1`,
    [page_rows],
  );
  const project = active.rows[Math.floor(random() * active.rows.length)];
  if (project === undefined) throw new Error('no project is active: was the estate loaded?');
  return project;
}

async function readAccount(client: Client, account_id: string): Promise<void> {
  await client.query(
    `select project_id, name, created_at
       from public.projects
      where account_id = $1 and status = $2
      order by created_at desc, project_id desc
      limit $3`,
    [account_id, 'accepted', page_rows],
  );
  await client.query(
    `select status, project_count, average_confidence
       from public.project_stats
      where account_id = $1`,
    [account_id],
  );
}

/** The project that already holds a content, so that it is not computed twice. */
async function findByContent(client: Client, random: () => number): Promise<string | undefined> {
  const content = `content ${Math.floor(random() * 50)}`;
  const found = await client.query<{ project_id: string }>(
    `select project_id
       from public.projects
      where content_sha256 = sha256(convert_to($1, 'UTF8')) and constants_version = $2
      order by project_id
      limit 1`,
    [content, constants_version],
  );
  return found.rows[0]?.project_id;
}

async function openProject(client: Client, project_id: string): Promise<string> {
  const opened = await client.query<{ version: string }>(
    'select version, name, status, confidence from public.projects where project_id = $1',
    [project_id],
  );
  await client.query(
    `select module, payload ->> 'currency' as currency, (payload ->> 'total')::numeric as total
       from public.project_payloads
      where project_id = $1
      order by module`,
    [project_id],
  );
  await client.query(
    `select event_type, actor, occurred_at
       from public.project_events
      where project_id = $1
      order by occurred_at desc, event_id desc
      limit $2`,
    [project_id, page_rows],
  );
  const project = opened.rows[0];
  if (project === undefined) throw new Error(`project ${project_id} is gone`);
  return project.version;
}

interface ReadVersion {
  readonly project_id: string;
  readonly version: string;
}

/** Saves only what nobody else saved since: a version that moved on changes no row. */
async function saveProject(
  client: Client,
  { project_id, version }: ReadVersion,
  random: () => number,
): Promise<void> {
  const saved = await client.query(
    `update public.projects
        set confidence = $3, version = version + 1
      where project_id = $1 and version = $2`,
    [project_id, version, random()],
  );
  if (saved.rowCount === 0) return;
  await client.query(
    `insert into public.project_payloads (project_id, module, payload)
     values ($1, 'summary', $2)
     on conflict (project_id, module)
     do update set payload = excluded.payload, updated_at = excluded.updated_at`,
    [project_id, JSON.stringify({ currency: 'EUR', total: Math.round(random() * 10_000) })],
  );
  await client.query(
    `insert into public.project_events (project_id, event_type, actor) values ($1, $2, $3)`,
    [project_id, 'edited', `user-${Math.floor(random() * 400)}`],
  );
}

async function inTransaction(client: Client, task: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`select pg_catalog.set_config('statement_timeout', '30s', true)`);
    await task();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
