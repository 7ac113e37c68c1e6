// Real servers for tests: one of every major, started from cached clusters, stopped by their test.
import type { TestContext } from 'node:test';
import pg from 'pg';
import {
  type EmbeddedServer,
  embeddedSuperuser,
  type ServerOptions,
  startServer,
} from '../../src/adapters/embedded/start-server.ts';
import { supportedMajors } from '../../src/kernel/model.ts';

/** All majors; PGRUNBOOK_MAJORS=17 or =14,18 limits them while one works on something. */
export const majors: readonly number[] =
  process.env['PGRUNBOOK_MAJORS']?.split(',').map(Number) ?? supportedMajors;

/** A server of its own for a test, stopped when the test ends. */
export async function testServer(t: TestContext, options: ServerOptions): Promise<EmbeddedServer> {
  // Without fsync a crash of the host could lose a cluster that nobody wants to keep.
  const settings = { fsync: 'off', ...options.settings };
  const server = await startServer({ name: 'test', ...options, settings });
  t.after(() => server.stop('immediate'));
  return server;
}

export interface ConnectOptions {
  readonly database?: string;
  readonly user?: string;
  readonly application_name?: string;
  /** Settings for the session: { statement_timeout: '5s' }. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A connection that ends with the test. A connection that breaks is the test's business. */
export async function connect(
  t: TestContext,
  server: Pick<EmbeddedServer, 'host' | 'port'>,
  options: ConnectOptions = {},
): Promise<pg.Client> {
  const settings = Object.entries(options.settings ?? {});
  const client = new pg.Client({
    host: server.host,
    port: server.port,
    user: options.user ?? embeddedSuperuser,
    database: options.database ?? 'postgres',
    application_name: options.application_name ?? 'test',
    ...(settings.length > 0
      ? { options: settings.map(([name, value]) => `-c ${name}=${escapeOption(value)}`).join(' ') }
      : {}),
  });
  client.on('error', () => undefined);
  await client.connect();
  t.after(() => client.end().catch(() => undefined));
  return client;
}

function escapeOption(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll(' ', '\\ ');
}

/** Waits until the condition holds; fails after the limit, saying what was waited for. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  limit_ms = 30_000,
): Promise<void> {
  const end_ms = performance.now() + limit_ms;
  while (!(await holds())) {
    if (performance.now() > end_ms) throw new Error(`after ${limit_ms} ms still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
