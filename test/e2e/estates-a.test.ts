// The estates fraud-ops-agent, somabrain and insightengine, played on real servers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from 'pg';
import type { Estate, Fault } from '../../examples/estate.ts';
import { fraudOpsAgent } from './estate-evidence/fraud-ops-agent.ts';
import { insightengine } from './estate-evidence/insightengine.ts';
import { somabrain } from './estate-evidence/somabrain.ts';
import { type OpenStage, openStage } from './estate-stage.ts';

const rounds = 20;

for (const { estate, faults, digest } of [fraudOpsAgent, somabrain, insightengine]) {
  describe(`the estate ${estate.name}`, () => {
    let stage: OpenStage;

    before(async () => {
      stage = await openStage(estate);
      await estate.load(stage, { size: 1, seed: 7 });
    });

    after(() => stage.close());

    test('has rows and fresh statistics in every table', async () => {
      const tables = await stage.admin.query(
        `select relname, n_live_tup > 0 and last_analyze is not null as is_ready
           from pg_stat_user_tables`,
      );
      assert.ok(tables.rows.length >= 3);
      assert.deepEqual(
        tables.rows.filter((table) => !table.is_ready),
        [],
      );
    });

    test('has the same rows for the same seed, and others for another', async () => {
      assert.equal(
        await digestOfTwin(stage, { estate, digest, seed: 7 }),
        await only(stage, digest),
      );
      assert.notEqual(
        await digestOfTwin(stage, { estate, digest, seed: 8 }),
        await only(stage, digest),
      );
    });

    test('has a workload that runs as the application and writes', async () => {
      const written = () =>
        only(stage, 'select sum(n_tup_ins + n_tup_upd)::int from pg_stat_user_tables');
      const before_work = Number(await written());
      await work(stage, estate);
      assert.ok(Number(await written()) >= before_work + 2 * rounds);
    });

    test('has evidence for every fault', () => {
      assert.deepEqual(Object.keys(faults).sort(), estate.faults.map(({ id }) => id).sort());
    });

    for (const fault of estate.faults) {
      test(`${fault.title}: there when on, gone when off`, () =>
        switchOnAndOff(stage, fault, faults[fault.id] ?? ''));
    }

    test('bears all its faults at once, and has none of them afterwards', async () => {
      for (const fault of estate.faults) await fault.on(stage);
      assert.deepEqual(await faultsThere(stage, faults), Object.keys(faults));
      for (const fault of estate.faults.toReversed()) await fault.off(stage);
      assert.deepEqual(await faultsThere(stage, faults), []);
      assert.equal(await only(stage, otherSessions), 0);
    });

    test('works as before once every fault is off', () => work(stage, estate));
  });
}

/** Twenty rounds on a connection of the application, whose counts are published at the end. */
async function work(stage: OpenStage, estate: Estate): Promise<void> {
  const { role, name } = estate.application;
  const application = await stage.hold('workload', { role, application_name: name });
  const random = seededRandom(7);
  for (let round = 0; round < rounds; round += 1) await estate.work(application, random);
  await application.query('select pg_stat_force_next_flush()');
  await stage.release('workload');
}

async function switchOnAndOff(stage: OpenStage, fault: Fault, evidence: string): Promise<void> {
  assert.equal(await only(stage, evidence), false, 'there before it was switched on');
  await fault.on(stage);
  assert.equal(await only(stage, evidence), true, 'not there when on');
  await fault.off(stage);
  assert.equal(await only(stage, evidence), false, 'still there when off');
  assert.equal(await only(stage, otherSessions), 0, 'left a session');
}

const otherSessions = `
  select count(*)::int from pg_stat_activity
   where backend_type = 'client backend' and pid <> pg_backend_pid()`;

async function faultsThere(
  stage: OpenStage,
  faults: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const there: string[] = [];
  for (const [id, evidence] of Object.entries(faults)) {
    if ((await only(stage, evidence)) === true) there.push(id);
  }
  return there;
}

/** The only value of the only row. */
async function only(stage: Pick<OpenStage, 'admin'>, sql: string): Promise<unknown> {
  const answer = await stage.admin.query({ text: sql, rowMode: 'array' });
  assert.equal(answer.rows.length, 1);
  return answer.rows[0]?.[0];
}

interface Twin {
  readonly estate: Estate;
  readonly digest: string;
  readonly seed: number;
}

/** Loads the estate into a second database of the same server, which its scripts must bear. */
async function digestOfTwin(stage: OpenStage, { estate, digest, seed }: Twin): Promise<unknown> {
  const { host, port } = stage.server;
  await stage.admin.query('create database twin');
  const admin = new Client({ host, port, user: 'postgres', database: 'twin' });
  await admin.connect();
  await estate.load({ ...stage, admin }, { size: 1, seed });
  const value = await only({ admin }, digest);
  await admin.end();
  await stage.admin.query('drop database twin with (force)');
  return value;
}

/** Park and Miller's generator: the same numbers in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
