// A transaction of many quick statements is found; one statement or one pause is not.
import assert from 'node:assert/strict';
import type { Client } from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { pidOf } from '../../../../test/harness/waiting.ts';

const id = 'long-transaction';
const soon = { thresholds: { warning_age: 100 } };

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  await admin.query('create table orders (id int)');
  const job = await session({ application_name: 'import' });
  const object = `pid ${await pidOf(job)}`;
  await isOk(soon);

  await job.query('begin; insert into orders values (1)');
  await workFor(job, 200);
  const [found] = await finds([object], soon);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /import, postgres@app\), which has written, has been open for/);
  const [critical] = await finds([object], { thresholds: { warning_age: 100, critical_age: 100 } });
  assert.equal(critical?.severity, 'critical');
  await isOk();

  await job.query('commit');
  await isOk(soon);
});

checkTest(id, { title: 'severity by harm', majors: [14, 18] }, async ({ session, finds }) => {
  const reader = await session();
  const dump = await session({ application_name: 'pg_dump' });
  await reader.query('begin');
  await dump.query('begin isolation level repeatable read; select 1');
  await workFor(reader, 200);
  await workFor(dump, 10);
  const objects = [`pid ${await pidOf(reader)}`, `pid ${await pidOf(dump)}`];
  const found = await finds(objects, soon);
  assert.deepEqual(
    found.map(({ severity, evidence }) => [severity, evidence['holds_back_vacuum']]),
    [
      ['info', false],
      ['info', true],
    ],
  );
});

checkTest(
  id,
  { title: 'one statement or one pause is for other checks', majors: [14, 18] },
  async ({ admin, session, isOk }) => {
    const pause = await session();
    await pause.query('begin; select 1');
    const statement = await session();
    const pid = await pidOf(statement);
    statement.query('begin; select pg_sleep(60)').catch(() => undefined);
    await until('both are older than the threshold', async () => {
      const sql = `select from pg_stat_activity
        where pid = $1 and xact_start < clock_timestamp() - interval '200 ms'`;
      return (await admin.query(sql, [pid])).rowCount === 1;
    });
    await isOk(soon);
  },
);

/** Keeps the transaction busy with short statements until it has a certain age. */
async function workFor(client: Client, age_ms: number): Promise<void> {
  await until('the transaction is old enough', async () => {
    const { rows } = await client.query(
      'select extract(epoch from clock_timestamp() - now())::float8 * 1000 as age_ms',
    );
    return rows[0].age_ms >= age_ms;
  });
}
