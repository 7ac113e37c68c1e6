// `pgrunbook check`: parse, inspect every target, render, and say by the exit status how it went.
import { closest } from 'fastest-levenshtein';
import type { Config } from '../../engine/config.ts';
import { type InspectOptions, inspect, sampleHistory } from '../../engine/inspect.ts';
import type { Catalog, CatalogCheck } from '../../kernel/catalog.ts';
import { checkGroups } from '../../kernel/check.ts';
import { asRunbookError, RunbookError } from '../../kernel/errors.ts';
import type { Inspection } from '../../kernel/model.ts';
import type { TargetSession } from '../../kernel/session.ts';
import { parseDuration } from '../../kernel/units.ts';
import { visible } from '../../kernel/visible.ts';
import type { CheckOptions, Output } from './check-options.ts';
import type { Ports } from './ports.ts';
import { progressLine } from './progress.ts';
import { exitStatus, type RenderOptions, type Report } from './render/report.ts';
import { type ChosenTarget, chooseTargets, environmentTarget } from './targets.ts';

/** @returns the exit status. */
export async function check(
  words: readonly string[],
  options: CheckOptions,
  ports: Ports,
): Promise<number> {
  const catalog = await ports.loadCatalog();
  if (options.explain !== undefined) return explain(options.explain, catalog, ports);
  if (options.list === true) return list(catalog, ports);
  if (options.output !== 'nagios') {
    const reports = await inspectAll(words, { options, catalog, ports });
    ports.terminal.out(await render(reports, options, ports));
    return exitStatus(reports, options.failOn);
  }
  // A plugin must not answer 2 for a mistake in its command line: there it means CRITICAL.
  const reports = await inspectAll(words, { options, catalog, ports }).catch((thrown) => [
    { target: 'pgrunbook', error: asRunbookError(thrown) },
  ]);
  ports.terminal.out(await render(reports, options, ports));
  return (await import('./render/nagios.ts')).nagiosStatus(reports);
}

interface Call {
  readonly options: CheckOptions;
  readonly catalog: Catalog;
  readonly ports: Ports;
}

async function inspectAll(words: readonly string[], call: Call): Promise<readonly Report[]> {
  const { options, catalog, ports } = call;
  const request = parseRequest(options, catalog);
  const config = await ports.readConfig(options.config, catalog);
  const targets = chooseTargets([...words, ...(options.target ?? [])], config);
  const progress = progressLine(ports.terminal, targets.length);
  try {
    return await inBatches(targets, request.jobs, (target) =>
      reportOn(target, { request, catalog, config, ports, progress }),
    );
  } finally {
    progress.clear();
  }
}

interface Request {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly fast_lane_only: boolean;
  readonly deadline_ms: number;
  readonly window_ms: number | undefined;
  readonly jobs: number;
}

function parseRequest(options: CheckOptions, catalog: Catalog): Request {
  const jobs = Number(options.jobs);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) {
    throw usage(`--jobs takes a number from 1 to 64, not ${options.jobs}`);
  }
  for (const word of [...(options.only ?? []), ...(options.skip ?? [])]) known(word, catalog);
  return {
    only: options.only ?? [],
    skip: options.skip ?? [],
    fast_lane_only: options.fast === true,
    deadline_ms: time('--deadline', options.deadline),
    window_ms: options.window === undefined ? undefined : time('--window', options.window),
    jobs,
  };
}

function time(option: string, written: string): number {
  const parsed = parseDuration(written);
  if (parsed === undefined || parsed === 0) {
    throw usage(`${option} takes a time such as 30s or 5m, not ${written}`);
  }
  return parsed;
}

function usage(what: string): RunbookError {
  return new RunbookError('usage/arguments', { what, remedy: 'pgrunbook check --help' });
}

function known(word: string, catalog: Catalog): CatalogCheck | undefined {
  const found = catalog.checks.find(({ check }) => check.id === word);
  const names = [...checkGroups, ...catalog.checks.map(({ check }) => check.id)];
  if (found !== undefined || names.includes(word)) return found;
  throw new RunbookError('usage/unknown-check', {
    what: `there is no check or group ${word}`,
    remedy: `Did you mean ${closest(word, names)}? pgrunbook check --list shows all.`,
  });
}

interface Work {
  readonly request: Request;
  readonly catalog: Catalog;
  readonly config: Config;
  readonly ports: Ports;
  readonly progress: ReturnType<typeof progressLine>;
}

// What goes wrong on one target is that target's report, and the others go on.
async function reportOn(chosen: ChosenTarget, work: Work): Promise<Report> {
  const { ports, catalog } = work;
  let target = chosen.name ?? 'the target';
  try {
    const found = await ports.findTarget(chosen.config);
    target = chosen.name ?? found.label;
    for (const warning of found.warnings) ports.terminal.err(`warning: ${visible(warning)}\n`);
    const session = await found.open(catalog, work.request.deadline_ms);
    try {
      return { target, inspection: await inspectTarget(target, session, { ...work, chosen }) };
    } finally {
      await session.close();
    }
  } catch (thrown) {
    return { target, error: asRunbookError(thrown) };
  }
}

async function inspectTarget(
  target: string,
  session: TargetSession,
  work: Work & { readonly chosen: ChosenTarget },
): Promise<Inspection> {
  const { request, catalog, ports, progress, chosen } = work;
  const { thresholds, baselines, skip } = chosen.config ?? {
    ...environmentTarget,
    thresholds: work.config.thresholds,
  };
  const options: InspectOptions = {
    target,
    catalog,
    selection: {
      only: request.only,
      skip: [...request.skip, ...skip],
      fast_lane_only: request.fast_lane_only,
    },
    thresholds,
    baselines,
    clock: ports.clock,
    deadline_ms: request.deadline_ms,
    onProgress: (done, total) => progress.show(target, done, total),
  };
  if (request.window_ms === undefined) return inspect(session, options);
  const previous = await sampleHistory(session, options);
  await session.settle();
  await ports.pause(request.window_ms);
  return inspect(session, { ...options, previous });
}

/** Results in the order of the items, at most `limit` under way at once. */
async function inBatches<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      results.set(next[0], await work(next[1]));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}

async function render(
  reports: readonly Report[],
  options: CheckOptions,
  ports: Ports,
): Promise<string> {
  const { columns, color } = ports.terminal;
  const all = options.all === true;
  const shown = { columns, color, all, version: ports.version, fail_on: options.failOn };
  return (await rendererOf(options.output))(reports, shown);
}

type Renderer = (reports: readonly Report[], options: RenderOptions) => string;

async function rendererOf(output: Output): Promise<Renderer> {
  switch (output) {
    case 'table':
      return (await import('./render/table.ts')).renderTable;
    case 'json':
      return (await import('./render/json.ts')).renderJson;
    case 'ndjson':
      return (await import('./render/json.ts')).renderNdjson;
    case 'markdown':
      return (await import('./render/markdown.ts')).renderMarkdown;
    case 'sarif':
      return (await import('./render/sarif.ts')).renderSarif;
    case 'junit':
      return (await import('./render/junit.ts')).renderJunit;
    case 'nagios':
      return (await import('./render/nagios.ts')).renderNagios;
  }
}

function explain(id: string, catalog: Catalog, ports: Ports): number {
  const entry = known(id, catalog);
  if (entry === undefined) throw usage(`${id} is a group; --explain takes one check`);
  ports.terminal.out(entry.document);
  return 0;
}

function list(catalog: Catalog, ports: Ports): number {
  const width = Math.max(...catalog.checks.map(({ check }) => check.id.length));
  const groups = Map.groupBy(catalog.checks, ({ check }) => check.group);
  for (const group of checkGroups) {
    const members = groups.get(group) ?? [];
    if (members.length === 0) continue;
    const lines = members.map(({ check }) => `  ${check.id.padEnd(width)}  ${check.title}\n`);
    ports.terminal.out(`${group}\n${lines.join('')}\n`);
  }
  return 0;
}
