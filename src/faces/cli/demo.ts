// `pgrunbook demo`: five estates with faults on real servers, inspected as in production.
import { setMaxListeners } from 'node:events';
import { type InspectOptions, inspect } from '../../engine/inspect.ts';
import { parseConfig } from '../../engine/parse-config.ts';
import type { Catalog } from '../../kernel/catalog.ts';
import { asRunbookError, errorKinds, type RunbookError } from '../../kernel/errors.ts';
import type { Inspection } from '../../kernel/model.ts';
import type { TargetSession } from '../../kernel/session.ts';
import { formatDuration, plural } from '../../kernel/units.ts';
import type { ExampleEstate, PlayingEstate, Ports } from './ports.ts';
import type { RenderOptions, Report } from './render/report.ts';
import { renderError, renderTable } from './render/table.ts';

export type DemoOutput = 'table' | 'json' | 'markdown';

export interface DemoOptions {
  readonly once?: boolean;
  readonly all?: boolean;
  readonly output: DemoOutput;
}

interface Played {
  readonly estate: ExampleEstate;
  readonly playing: PlayingEstate;
  readonly inspection: Inspection;
}

interface Failed {
  readonly estate: ExampleEstate;
  readonly error: RunbookError;
}

const deadline_ms = 60_000;
const ripenLimit_ms = 12_000;
const ripenPoll_ms = 500;

/**
 * @returns 0 when every fault was found, 7 when one was missed, 130 when interrupted, and the
 * status of the error where an estate could not be played.
 */
export async function demo(options: DemoOptions, ports: Ports): Promise<number> {
  const { terminal, clock } = ports;
  const interrupt = ports.claimInterrupt();
  setMaxListeners(0, interrupt);
  const started_ms = clock.now_ms();
  await reportLeftovers(ports);
  const [catalog, estates] = await Promise.all([ports.loadCatalog(), ports.loadEstates()]);
  terminal.err(`Starting ${plural(estates.length, 'estate')} on embedded servers…\n`);
  const open: PlayingEstate[] = [];
  const stopAll = () => Promise.allSettled(open.map((playing) => playing.stop()));
  try {
    const tasks = estates.map((estate) => playOne(estate, { ports, catalog, open }));
    const results = await Promise.race([Promise.all(tasks), whenAborted(interrupt)]);
    if (results === undefined) return 130;
    const failed = results.filter((result) => 'error' in result);
    const played = results.filter((result) => 'inspection' in result);
    for (const one of failed) reportFailure(one, ports);
    const [first] = failed;
    if (first !== undefined && played.length === 0) return exitOf(first);
    terminal.out(await render(played, options, ports));
    const missed = played.flatMap(missedChecks);
    for (const line of missed) terminal.err(`not found: ${line}\n`);
    if (options.output === 'table') {
      terminal.out(closing(played, options, clock.now_ms() - started_ms));
    }
    if (options.once !== true && !interrupt.aborted) await whenAborted(interrupt);
    if (first !== undefined) return exitOf(first);
    return missed.length > 0 ? 7 : 0;
  } finally {
    await stopAll();
  }
}

async function reportLeftovers(ports: Ports): Promise<void> {
  const swept = await ports.sweepLeftovers();
  if (swept > 0) {
    ports.terminal.err(`Removed ${plural(swept, 'server')} of a demo that was killed.\n`);
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

interface Stagehands {
  readonly ports: Ports;
  readonly catalog: Catalog;
  /** Filled with what must be stopped at the end. */
  readonly open: PlayingEstate[];
}

// Never rejects: one estate that fails must not hide what the others found.
async function playOne(estate: ExampleEstate, hands: Stagehands): Promise<Played | Failed> {
  try {
    return await playAndLook(estate, hands);
  } catch (thrown) {
    return { estate, error: asRunbookError(thrown) };
  }
}

async function playAndLook(estate: ExampleEstate, hands: Stagehands): Promise<Played> {
  const { ports, catalog, open } = hands;
  const playing = await estate.play();
  open.push(playing);
  const { name, major } = estate;
  ports.terminal.err(`  ${name}: PostgreSQL ${major} is up, loaded, and its faults are on\n`);
  return { estate, playing, inspection: await look(estate, playing, { ports, catalog }) };
}

async function look(
  estate: ExampleEstate,
  { connection, configuration }: PlayingEstate,
  { ports, catalog }: { readonly ports: Ports; readonly catalog: Catalog },
): Promise<Inspection> {
  const file = `examples/${estate.name}/pgrunbook.yaml`;
  const { targets } = parseConfig({ text: configuration, file, catalog });
  const target = targets[`${estate.name}-demo`] ?? targets[estate.name];
  if (target === undefined) throw new TypeError(`${file} has no target ${estate.name}`);
  const found = await ports.findTarget({
    ...target,
    connection,
    password: null,
    pgbouncer: null,
    exporter: null,
  });
  const session = await found.open(catalog);
  const options: InspectOptions = {
    target: `${estate.code} ${estate.name}`,
    catalog,
    selection: { only: [], skip: target.skip, fast_lane_only: false },
    thresholds: target.thresholds,
    baselines: target.baselines,
    clock: ports.clock,
    deadline_ms,
  };
  try {
    await ripen(estate, session, { ...options, ports });
    return await inspect(session, options);
  } finally {
    await session.close();
  }
}

// A lock must be waited for some seconds before it is a finding: looks until all faults are that
// old, or the limit is over.
async function ripen(
  estate: ExampleEstate,
  session: TargetSession,
  { ports, ...options }: InspectOptions & { readonly ports: Ports },
): Promise<void> {
  const started_ms = ports.clock.now_ms();
  const selection = { ...options.selection, only: estate.expected };
  while (ports.clock.now_ms() - started_ms < ripenLimit_ms) {
    const { findings } = await inspect(session, { ...options, selection });
    const found = new Set(findings.map(({ check }) => check));
    if (estate.expected.every((check) => found.has(check))) return;
    await session.settle();
    await ports.pause(ripenPoll_ms);
  }
}

function reportFailure({ estate, error }: Failed, { terminal }: Ports): void {
  terminal.err(`${estate.name} failed\n${renderError(error, { color: terminal.color })}`);
  if (error.kind === 'bug' && error.cause instanceof Error) {
    terminal.err(`${error.cause.stack ?? ''}\n`);
  }
}

function exitOf({ error }: Failed): number {
  return errorKinds[error.kind].exit;
}

async function render(
  played: readonly Played[],
  options: DemoOptions,
  ports: Ports,
): Promise<string> {
  const reports: readonly Report[] = played.map(({ inspection }) => ({
    target: inspection.target,
    inspection,
  }));
  if (options.output === 'json') return (await import('./render/json.ts')).renderJson(reports);
  if (options.output === 'markdown') {
    return (await import('./render/markdown.ts')).renderMarkdown(reports);
  }
  const { columns, color } = ports.terminal;
  const shown: RenderOptions = {
    columns,
    color,
    all: options.all === true,
    version: ports.version,
    fail_on: 'never',
  };
  return renderTable(reports, shown);
}

// The demo is also a test of itself: a fault that is on and not found is told.
function missedChecks({ estate, inspection }: Played): readonly string[] {
  const found = new Set(inspection.findings.map(({ check }) => check));
  return estate.expected
    .filter((check) => !found.has(check))
    .map((check) => {
      const reason = inspection.checks.find(({ id }) => id === check)?.reason;
      return `${check} on ${estate.name}${reason === undefined ? '' : ` (${reason})`}`;
    });
}

function closing(played: readonly Played[], options: DemoOptions, took_ms: number): string {
  const findings = played.flatMap(({ inspection }) => inspection.findings);
  const of = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const head =
    `\nWorklist: ${of('critical')} critical, ${of('warning')} warnings, ${of('info')} remarks ` +
    `on ${plural(played.length, 'estate')}, in ${formatDuration(took_ms)}.\n`;
  if (options.once === true) {
    return `${head}Next: pgrunbook demo keeps the servers; pgrunbook check URI looks at yours.\n`;
  }
  const lines = played.map(({ playing }) => `  pgrunbook check "${playing.connection}"`);
  return [
    head,
    'The servers are yours until Ctrl-C. In another terminal:',
    ...lines,
    '  pgrunbook check --explain blocked-sessions',
    '',
  ].join('\n');
}
