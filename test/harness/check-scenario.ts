// The test of a check: clean, broken, fixed, on a real server of every major, as a monitor role.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type pg from 'pg';
import type { EmbeddedServer } from '../../src/adapters/embedded/start-server.ts';
import { openSession } from '../../src/adapters/postgres/open-session.ts';
import { openConsole } from '../../src/adapters/postgres/pgbouncer-console.ts';
import { type InspectOptions, inspect, sampleHistory } from '../../src/engine/inspect.ts';
import type { Sample } from '../../src/engine/probe-queue.ts';
import { type Baselines, noBaselines } from '../../src/kernel/baselines.ts';
import type { Thresholds } from '../../src/kernel/check.ts';
import type { CheckResult, Finding } from '../../src/kernel/model.ts';
import { loadOneCheck } from '../../src/load-catalog.ts';
import { type ConnectOptions, connect, majors, testServer } from './servers.ts';

export interface CheckTestOptions {
  readonly majors?: readonly number[];
  /** postgresql.conf of the server. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What one test shows, where a check has several. */
  readonly title?: string;
  readonly tcp?: boolean;
  /** Why the test cannot run here. */
  readonly skip?: string | false;
}

/** How one inspection differs from the default. */
export interface Look {
  readonly thresholds?: Thresholds;
  readonly baselines?: Partial<Baselines>;
  /** Role to inspect as; the monitor role where absent. */
  readonly user?: string;
  readonly database?: string;
  /** What `sample` gave earlier, for checks that compare two samples. */
  readonly previous?: ReadonlyMap<string, Sample>;
  /** Another server, such as a standby of this one. */
  readonly server?: EmbeddedServer;
  /** Connects to the console of a PgBouncer. */
  readonly pgbouncer?: () => Promise<pg.Client>;
}

export interface World {
  readonly t: TestContext;
  readonly major: number;
  readonly server: EmbeddedServer;
  /** Superuser in the database `app`, where the monitor role looks. */
  readonly admin: pg.Client;
  /** Another session in the database `app`, to hold a lock or a transaction. */
  session(options?: ConnectOptions): Promise<pg.Client>;
  /** The check examined something and found nothing. */
  isOk(look?: Look): Promise<CheckResult>;
  /** Exactly these objects are found, in any order; the findings come back in that order. */
  finds(objects: readonly string[], look?: Look): Promise<readonly Finding[]>;
  /** The check does not answer, for a reason of this code. */
  skips(reason_code: string, look?: Look): Promise<CheckResult>;
  sample(look?: Look): Promise<ReadonlyMap<string, Sample>>;
}

/** The role every check is tested as: no superuser, member of pg_monitor, no table privileges. */
export const monitorRole = 'pgrunbook_monitor';

/** Runs a scenario once for each major, each on a server of its own. */
export function checkTest(
  id: string,
  options: CheckTestOptions,
  scenario: (world: World) => Promise<void>,
): void {
  for (const major of options.majors?.filter((one) => majors.includes(one)) ?? majors) {
    test(`${id}${options.title ? `: ${options.title}` : ''} on ${major}`, {
      skip: options.skip ?? false,
    }, async (t) => {
      const settings = options.settings ?? {};
      const tcp = options.tcp ?? false;
      const server = await testServer(t, { major, settings, tcp });
      const postgres = await connect(t, server);
      await postgres.query(`create role ${monitorRole} login in role pg_monitor`);
      await postgres.query('create database app');
      const admin = await connect(t, server, { database: 'app', application_name: 'admin' });
      await scenario(world(id, { t, major, server, admin }));
    });
  }
}

type Ground = Pick<World, 't' | 'major' | 'server' | 'admin'>;

function world(id: string, ground: Ground): World {
  const { t, server } = ground;
  return {
    ...ground,
    session: (options) => connect(t, server, { database: 'app', ...options }),
    async isOk(look) {
      const { result, findings } = await observe(id, ground, look);
      const found = findings.map(({ summary }) => summary).join('; ');
      assert.equal(result.status, 'ok', `${result.reason ?? ''}${found}`);
      assert.ok(result.examined > 0);
      return result;
    },
    async finds(objects, look) {
      const { result, findings } = await observe(id, ground, look);
      const found = findings.map(({ object }) => object);
      assert.deepEqual(found.toSorted(), objects.toSorted(), result.reason);
      return objects.flatMap((object) => findings.filter((finding) => finding.object === object));
    },
    async skips(reason_code, look) {
      const { result } = await observe(id, ground, look);
      assert.equal(result.status, 'skipped', result.reason);
      assert.equal(result.reason_code, reason_code, result.reason);
      return result;
    },
    sample: (look) => withSession({ id, ground, look: look ?? {} }, sampleHistory),
  };
}

async function observe(id: string, ground: Ground, look: Look = {}) {
  const inspection = await withSession({ id, ground, look }, inspect);
  const [result] = inspection.checks;
  assert.ok(result);
  return { result, findings: inspection.findings };
}

type Act<Value> = (
  session: Awaited<ReturnType<typeof openSession>>,
  options: InspectOptions,
) => Promise<Value>;

interface Glance {
  readonly id: string;
  readonly ground: Ground;
  readonly look: Look;
}

async function withSession<Value>(glance: Glance, act: Act<Value>): Promise<Value> {
  const { id, ground, look } = glance;
  const catalog = await loadOneCheck(id, 'test');
  const clock = { now_ms: () => performance.timeOrigin + performance.now() };
  const session = await openSession({
    connect: () =>
      connect(ground.t, look.server ?? ground.server, {
        database: look.database ?? 'app',
        user: look.user ?? monitorRole,
        application_name: 'pgrunbook',
      }),
    pgbouncer: look.pgbouncer && consoleOf(look.pgbouncer),
    functions: catalog.checks.flatMap(({ check }) => check.needs.functions ?? []),
    clock,
  });
  try {
    return await act(session, {
      target: 'test',
      catalog,
      clock,
      selection: { only: [id], skip: [], fast_lane_only: false },
      thresholds: look.thresholds ? { [id]: look.thresholds } : {},
      baselines: { ...noBaselines, ...look.baselines },
      deadline_ms: 60_000,
      ...(look.previous ? { previous: look.previous } : {}),
    });
  } finally {
    await session.close();
  }
}

function consoleOf(connectConsole: () => Promise<pg.Client>) {
  return () => openConsole(connectConsole);
}
