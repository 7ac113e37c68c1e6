// Long statements are found by the start of the statement; idle sessions and dumps are no alarm.
import assert from 'node:assert/strict';
import pg, { type Client } from 'pg';
import { checkTest, type World } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { pidOf } from '../../../../test/harness/waiting.ts';

const id = 'long-running-query';
const atOnce = { thresholds: { warning_age: 0 } };

checkTest(id, {}, async (world) => {
  const { admin, session, isOk, finds } = world;
  const app = await session({ application_name: 'report' });
  // The statement before was long ago; a session that is idle runs none.
  await isOk(atOnce);
  const idle = await session();
  await idle.query('begin; select 1');
  await isOk(atOnce);

  const pid = await leaveRunning(world, app, `select pg_sleep(60) /* 'secret' */`);
  const [found] = await finds([`pid ${pid}`], atOnce);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /report, postgres@app\) has been running a statement for /);
  assert.equal(found.evidence['kind'], 'ordinary');
  assert.doesNotMatch(JSON.stringify(found), /secret/);
  const [critical] = await finds([`pid ${pid}`], {
    thresholds: { warning_age: 0, critical_age: 0 },
  });
  assert.equal(critical?.severity, 'critical');
  await isOk();

  await admin.query('select pg_cancel_backend($1)', [pid]);
  await until('the statement ended', async () => {
    const sql = `select from pg_stat_activity where pid = $1 and state = 'idle'`;
    return (await admin.query(sql, [pid])).rowCount === 1;
  });
  await isOk(atOnce);
});

checkTest(id, { title: 'dumps and maintenance are information' }, async (world) => {
  const { admin, session, finds } = world;
  await admin.query('create table orders as select 1 as id');
  const writer = await session();
  await writer.query('begin; insert into orders values (2)');
  const dump = await session({ application_name: 'pg_dump' });
  const copy = await session();
  const build = await session();
  const pids = [
    await leaveRunning(world, dump, 'select pg_sleep(60)'),
    await leaveRunning(world, copy, '-- nightly\nCOPY (select pg_sleep(60)) TO STDOUT'),
    await leaveRunning(world, build, 'create index concurrently on orders (id)'),
  ];
  const critical = { thresholds: { warning_age: 0, critical_age: 0 } };
  const found = await finds(
    pids.map((pid) => `pid ${pid}`),
    critical,
  );
  assert.deepEqual(
    found.map(({ severity, evidence }) => [severity, evidence['kind']]),
    [
      ['info', 'dump'],
      ['info', 'dump'],
      ['info', 'maintenance'],
    ],
  );
  assert.match(found[2]?.summary ?? '', /, waiting for a lock$/);
});

checkTest(
  id,
  { title: 'a walsender is always active and no statement' },
  async ({ t, admin, server, isOk }) => {
    const { host, port } = server;
    const options = { host, port, user: 'postgres', replication: 'true' };
    const sender = new pg.Client(options);
    sender.on('error', () => undefined);
    await sender.connect();
    t.after(() => sender.end().catch(() => undefined));
    const { rows } = await sender.query('IDENTIFY_SYSTEM');
    sender.query(`START_REPLICATION ${rows[0].xlogpos}`).catch(() => undefined);
    await until('the walsender streams', async () => {
      const sql = `select from pg_stat_activity where backend_type = 'walsender'
        and state = 'active' and query like 'START%'`;
      return (await admin.query(sql)).rowCount === 1;
    });
    await isOk(atOnce);
  },
);

async function leaveRunning({ admin }: World, client: Client, sql: string): Promise<number> {
  const pid = await pidOf(client);
  client.query(sql).catch(() => undefined);
  await until(`${sql} runs`, async () => {
    const wait = `select from pg_stat_activity where pid = $1 and state = 'active'
      and (wait_event = 'PgSleep' or wait_event_type = 'Lock')`;
    return (await admin.query(wait, [pid])).rowCount === 1;
  });
  return pid;
}
