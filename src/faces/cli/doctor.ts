// `pgrunbook doctor`: what this machine has, what a role may do, and which GRANTs it lacks.
import { type Readiness, readiness } from '../../engine/unlock.ts';
import { quoteIdentifier } from '../../kernel/identifiers.ts';
import type { Server } from '../../kernel/model.ts';
import { plural } from '../../kernel/units.ts';
import { visible } from '../../kernel/visible.ts';
import type { Ports, Program } from './ports.ts';
import { wrap } from './render/table.ts';
import { chooseOneTarget } from './targets.ts';

interface DoctorOptions {
  readonly config?: string;
  readonly output: string;
}

interface Health {
  readonly target: string;
  readonly server: Server;
  readonly readiness: Readiness;
  readonly statements: readonly string[];
}

/** @returns 0 when nothing is missing, 1 when a privilege or extension would unlock more. */
export async function doctor(
  word: string | undefined,
  options: DoctorOptions,
  ports: Ports,
): Promise<number> {
  const programs = await ports.findPrograms();
  const health = word === undefined ? undefined : await examine(word, options, ports);
  const text =
    options.output === 'json'
      ? toJson(programs, health)
      : [...programLines(programs), ...(health ? healthLines(health, ports) : hint)]
          .map(visible)
          .join('\n');
  ports.terminal.out(`${text}\n`);
  return health !== undefined && health.statements.length > 0 ? 1 : 0;
}

const hint = ['', 'Name a target to see what its role may do: pgrunbook doctor TARGET'];

async function examine(word: string, options: DoctorOptions, ports: Ports): Promise<Health> {
  const catalog = await ports.loadCatalog();
  const config = await ports.readConfig(options.config, catalog);
  const chosen = chooseOneTarget(word, config);
  const found = await ports.findTarget(chosen.config);
  const session = await found.open(catalog);
  try {
    const ready = readiness(session, catalog);
    const target = chosen.name ?? found.label;
    const { server } = session;
    return { target, server, readiness: ready, statements: statementsFor(server, ready) };
  } finally {
    await session.close();
  }
}

// A superuser sees everything and should not be what looks every ten seconds.
function statementsFor(server: Server, { unlocks }: Readiness): readonly string[] {
  const needed = unlocks.flatMap(({ statement }) => (statement === null ? [] : [statement]));
  const isQuiet = server.is_superuser || server.extensions['pg_stat_statements'] === undefined;
  const role = quoteIdentifier(server.user);
  const own = isQuiet ? [] : [`alter role ${role} set pg_stat_statements.track = 'none'`];
  return needed.length > 0 ? [...needed, ...own] : [];
}

function programLines(programs: readonly Program[]): readonly string[] {
  const width = Math.max(...programs.map(({ name }) => name.length));
  return [
    'This machine',
    ...programs.map(({ name, path, version }) => {
      const state = path === null ? 'not found' : `${version ?? 'version unknown'}  ${path}`;
      return `  ${name.padEnd(width)}  ${state}`;
    }),
  ];
}

function healthLines(health: Health, { terminal }: Ports): readonly string[] {
  const { server, target, statements } = health;
  const extensions = Object.entries(server.extensions).map(
    ([name, { version }]) => `${name} ${version}`,
  );
  const roles = server.roles.join(', ') || 'member of no predefined role';
  return [
    '',
    target,
    `  server      PostgreSQL ${server.version}, ${server.is_in_recovery ? 'standby' : 'primary'}`,
    `  database    ${server.database}`,
    `  role        ${server.user}: ${server.is_superuser ? 'superuser' : roles}`,
    `  extensions  ${extensions.join(', ') || 'none'}`,
    `  checks      ${health.readiness.ready} need nothing more`,
    ...superuserLines(server),
    ...health.readiness.unlocks.flatMap(({ reason, checks }) => [
      `  locked      ${reason}`,
      ...wrap(`${plural(checks.length, 'check')}: ${checks.join(', ')}`, terminal.columns - 14).map(
        (line) => `              ${line}`,
      ),
    ]),
    ...(statements.length > 0
      ? ['', '  As a superuser, in this database:', ...statements.map((one) => `    ${one};`)]
      : []),
  ];
}

function superuserLines(server: Server): readonly string[] {
  if (!server.is_superuser) return [];
  const database = quoteIdentifier(server.database);
  return [
    '  advice      A superuser needs not look. Make a role that may only read statistics:',
    '                create role pgrunbook_monitor login;',
    '                grant pg_monitor to pgrunbook_monitor;',
    `                grant connect on database ${database} to pgrunbook_monitor;`,
    `                alter role pgrunbook_monitor set pg_stat_statements.track = 'none';`,
  ];
}

function toJson(programs: readonly Program[], health: Health | undefined): string {
  const target = health && {
    target: health.target,
    server_version: health.server.version,
    in_recovery: health.server.is_in_recovery,
    role: health.server.user,
    superuser: health.server.is_superuser,
    roles: health.server.roles,
    extensions: health.server.extensions,
    ready: health.readiness.ready,
    locked: health.readiness.unlocks,
    statements: health.statements,
  };
  return JSON.stringify({ schema: 1, programs, ...target }, null, 2);
}
