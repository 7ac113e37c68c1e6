// The estates procgenie and apex: loaded, worked on, broken fault by fault, and whole again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import apex from '../../examples/apex/estate.ts';
import type { Estate } from '../../examples/estate.ts';
import { waitUntil } from '../../examples/fault-steps.ts';
import procgenie from '../../examples/procgenie/estate.ts';
import { type OpenStage, openStage } from './estate-stage.ts';
import { apexEvidence, type Evidence, procgenieEvidence } from './estates-b-evidence.ts';
import { generated, stateOf } from './estates-b-state.ts';
import { asRole, keepsTenantsApart } from './estates-b-tenants.ts';

const rounds = 20;
const insufficient_privilege = { code: '42501' };
const check_violation = { code: '23514' };

describe('procgenie', { timeout: 300_000 }, () => {
  const ground = playOn(procgenie);
  isWhole(procgenie, ground);

  keepsTenantsApart(ground);
  breaksAndHeals(procgenie, procgenieEvidence, ground);

  test('a migration that went through because the report was ended is undone too', async () => {
    const queue = procgenie.faults.find((fault) => fault.id === 'migration-lock-queue');
    assert.ok(queue);
    const { admin } = ground();
    const whole = await stateOf(ground());
    await queue.on(ground());
    await admin.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where application_name = 'procgenie-report'`,
    );
    await waitUntil(admin, `select exists (select from pg_attribute where attname = 'priority')`);
    await queue.off(ground());
    assert.deepEqual(await stateOf(ground()), whole);
  });
});

describe('apex', { timeout: 300_000 }, () => {
  const ground = playOn(apex);
  isWhole(apex, ground);

  test('the load test is there: 10,000 projects, 10,000 payloads, 30,000 events', async () => {
    const { admin } = ground();
    const loaded = await admin.query(
      `select (select count(*) from public.projects) = 10000
          and (select count(*) from public.project_payloads) >= 10000
          and (select count(*) from public.project_events) >= 30000 as is_there`,
    );
    assert.equal(loaded.rows[0].is_there, true);
  });

  test('the refresher refreshes the statistics beside readers, and reads no project', () =>
    asRole(ground(), 'apex_refresher', async (refresher) => {
      await refresher.query('refresh materialized view concurrently public.project_stats');
      await assert.rejects(refresher.query('select from public.projects'), insufficient_privilege);
    }));

  test('a confidence outside 0 to 1 is refused', () =>
    asRole(ground(), apex.application.role, async (app) => {
      for (const confidence of [-3, 1.01, 5]) {
        await assert.rejects(
          app.query('update public.projects set confidence = $1 where project_id = 1', [
            confidence,
          ]),
          check_violation,
        );
      }
    }));

  breaksAndHeals(apex, apexEvidence, ground);
});

/** Opens a server before the suite's first test, loads the estate, and closes it at the end. */
function playOn(estate: Estate): () => OpenStage {
  let stage: OpenStage | undefined;
  before(async () => {
    stage = await openStage(estate);
    await estate.load(stage, { size: 1, seed: 7 });
  });
  after(() => stage?.close());
  return () => {
    assert.ok(stage, 'the stage is open');
    return stage;
  };
}

/** Before any fault: a load that is settled, and an application that works on it. */
function isWhole(estate: Estate, ground: () => OpenStage): void {
  test('a fresh load is vacuumed and analyzed, and the counters agree', async () => {
    const { admin } = ground();
    await admin.query('select pg_stat_force_next_flush()');
    const restless = await admin.query(
      `select relname, n_live_tup, n_dead_tup, n_mod_since_analyze from pg_stat_user_tables
        where n_dead_tup > 0 or n_mod_since_analyze > 0 or last_analyze is null`,
    );
    assert.deepEqual(restless.rows, []);
  });

  test('the application works as its own role, and every index of ours serves it', async () => {
    const { role, name } = estate.application;
    const app = await ground().hold('application', { role, application_name: name });
    for (let round = 0; round < rounds; round += 1) await estate.work(app, seeded(round + 1));
    await app.query('select pg_stat_force_next_flush()');
    await ground().release('application');
    const unused = await ground().admin.query(
      `select indexrelid::regclass::text as name
         from pg_stat_user_indexes join pg_index using (indexrelid)
        where idx_scan = 0 and not indisunique`,
    );
    assert.deepEqual(unused.rows, []);
  });
}

type EvidenceById = Readonly<Record<string, Evidence>>;

function breaksAndHeals(estate: Estate, evidence: EvidenceById, ground: () => OpenStage): void {
  test('every fault has its evidence, and nothing else has', () => {
    const ids = estate.faults.map((fault) => fault.id);
    assert.deepEqual(Object.keys(evidence).toSorted(), ids.toSorted());
  });

  for (const fault of estate.faults) {
    test(`${fault.id} is there when it is on, and only then`, async () => {
      const isThere = evidence[fault.id];
      assert.ok(isThere);
      const whole = await stateOf(ground());
      assert.equal(await isThere(ground()), false, 'before');
      try {
        await fault.on(ground());
        assert.equal(await isThere(ground()), true, 'on');
      } finally {
        await fault.off(ground());
      }
      assert.equal(await isThere(ground()), false, 'off');
      assert.deepEqual(await stateOf(ground()), whole, 'nothing else is left');
      await fault.off(ground());
    });
  }

  test('all faults can be on at once, and all can be undone', async () => {
    const whole = await stateOf(ground());
    try {
      for (const fault of estate.faults) await fault.on(ground());
      for (const [id, isThere] of Object.entries(evidence)) {
        assert.equal(await isThere(ground()), true, id);
      }
    } finally {
      for (const fault of estate.faults) await fault.off(ground());
    }
    assert.deepEqual(await stateOf(ground()), whole);
  });

  test('the same seed gives the same rows, another seed gives others', async () => {
    // The last one, because the server's row counters remember what was rolled back.
    const { admin } = ground();
    await admin.query('begin');
    const first = await generated(ground(), '7');
    assert.equal(await generated(ground(), '7'), first);
    assert.notEqual(await generated(ground(), '8'), first);
    await admin.query('rollback');
  });
}

/** Numbers in (0, 1), the same for the same seed (Park and Miller's minimal standard). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
