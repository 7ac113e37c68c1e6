// Runs the whole catalogue over a database of a test server, as a role of the test's choice.
import type { TestContext } from 'node:test';
import { openSession } from '../../src/adapters/postgres/open-session.ts';
import { inspect } from '../../src/engine/inspect.ts';
import { type Baselines, noBaselines } from '../../src/kernel/baselines.ts';
import type { Catalog } from '../../src/kernel/catalog.ts';
import type { Inspection } from '../../src/kernel/model.ts';
import { type ConnectOptions, connect } from './servers.ts';

export const testClock = { now_ms: () => performance.timeOrigin + performance.now() };

export interface InspectDatabaseOptions extends ConnectOptions {
  readonly catalog: Catalog;
  readonly baselines?: Partial<Baselines>;
  readonly only?: readonly string[];
}

/** Every check, slow lane included; those that only run on request where named in `only`. */
export async function inspectDatabase(
  t: TestContext,
  server: { readonly host: string; readonly port: number },
  options: InspectDatabaseOptions,
): Promise<Inspection> {
  const { catalog, baselines, only = [], ...login } = options;
  const session = await openSession({
    connect: () => connect(t, server, { application_name: 'pgrunbook', ...login }),
    functions: catalog.checks.flatMap(({ check }) => check.needs.functions ?? []),
    clock: testClock,
  });
  try {
    return await inspect(session, {
      target: 'test',
      catalog,
      selection: { only, skip: [], fast_lane_only: false },
      thresholds: {},
      baselines: { ...noBaselines, ...baselines },
      clock: testClock,
      deadline_ms: 120_000,
    });
  } finally {
    await session.close();
  }
}
