// From a connection string and references to secrets to a target that can be opened.
import { readFile, stat } from 'node:fs/promises';
import { RunbookError } from '../../kernel/errors.ts';
import type { Clock, ProbeRunner, TargetSession } from '../../kernel/session.ts';
import { openConnection } from './open-connection.ts';
import { openSession } from './open-session.ts';
import { processSurroundings } from './process-surroundings.ts';
import { resolveTarget } from './resolve-target.ts';
import type { ResolvedTarget, Surroundings } from './resolved-target.ts';

export interface TargetReferences {
  /** URI, keyword=value pairs or service=NAME; undefined means the PG* environment. */
  readonly connection: string | undefined;
  /** passfile, env:NAME or file:PATH. */
  readonly password: string | undefined;
  /** Connection to the console of a PgBouncer. */
  readonly pgbouncer: string | undefined;
  /** Address of an exporter's metrics page. */
  readonly exporter: string | undefined;
}

export interface OpenOptions {
  /** Milliseconds that connecting may take, all hosts together. */
  readonly deadline_ms: number;
  readonly functions: readonly string[];
  readonly clock: Clock;
}

const applicationName = 'pgrunbook';
const connectDeadline_ms = 30_000;

/** @throws usage/*, denied/secret; nothing is connected yet. */
export async function findTarget(references: TargetReferences, env: Surroundings['env']) {
  const surroundings = processSurroundings(env);
  const target = await resolveTarget(
    references.connection,
    await withSecret(surroundings, references.password),
  );
  return {
    label: labelOf(target),
    origins: target.explain.map(({ setting, value, source }) => ({
      name: setting,
      value,
      origin: source,
    })),
    warnings: target.warnings,
    open: (options: OpenOptions) => open(target, { ...options, surroundings, references }),
  };
}

interface Opening extends OpenOptions {
  readonly surroundings: Surroundings;
  readonly references: TargetReferences;
}

async function open(target: ResolvedTarget, opening: Opening): Promise<TargetSession> {
  // The second connection must reach the server of the first, not the next one of a list.
  let hosts = target.hosts;
  const connect = () =>
    openConnection(
      { ...target, hosts },
      {
        application_name: applicationName,
        deadline_ms: Math.min(opening.deadline_ms, connectDeadline_ms),
        onConnected: (host) => {
          hosts = [host];
        },
      },
    );
  const { functions, clock } = opening;
  return openSession({
    connect,
    functions,
    clock,
    pgbouncer: pgbouncerOf(opening),
    exporter: await exporterOf(opening),
  });
}

// The console may be on another host: the target's own secret is not for it.
function pgbouncerOf({ surroundings, references, deadline_ms }: Opening) {
  const { pgbouncer } = references;
  if (pgbouncer === undefined) return undefined;
  return async () => {
    const { openConsole } = await import('./pgbouncer-console.ts');
    const target = await resolveTarget(pgbouncer, surroundings);
    return openConsole(() =>
      openConnection(target, {
        application_name: applicationName,
        deadline_ms: Math.min(deadline_ms, connectDeadline_ms),
      }),
    );
  };
}

async function exporterOf({ references, clock }: Opening): Promise<ProbeRunner | undefined> {
  if (references.exporter === undefined) return undefined;
  const { exporterRunner } = await import('./exporter-runner.ts');
  return exporterRunner(references.exporter, clock);
}

// libpq reads PGPASSWORD after the connection string and before the passfile: so do we.
async function withSecret(
  surroundings: Surroundings,
  reference: string | undefined,
): Promise<Surroundings> {
  if (reference === undefined || reference === 'passfile') return surroundings;
  const secret = await readSecret(reference, surroundings.env);
  return { ...surroundings, env: { ...surroundings.env, PGPASSWORD: secret } };
}

async function readSecret(reference: string, env: Surroundings['env']): Promise<string> {
  const [kind, place] = [reference.slice(0, 4), reference.slice(4)];
  if (kind === 'env:') {
    const value = env[place];
    if (value !== undefined) return value;
    throw new RunbookError('denied/secret', { what: `the variable ${place} is not set` });
  }
  const path = reference.slice('file:'.length);
  const status = await stat(path).catch((cause) => {
    throw new RunbookError('denied/secret', { what: `cannot read ${path}`, cause });
  });
  if ((status.mode & 0o077) !== 0) {
    throw new RunbookError('denied/secret', {
      what: `others may read ${path}`,
      remedy: `chmod 600 ${path}`,
    });
  }
  return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
}

function labelOf({ hosts, user, database }: ResolvedTarget): string {
  const places = hosts.map(({ host, hostaddr, port }) => `${host || hostaddr}:${port}`);
  return `${user}@${places.join(',')}/${database}`;
}
