// Sends each distinct probe once: fast ones over both connections, slow ones over the second.
import { type CatalogCheck, statementFor } from '../kernel/catalog.ts';
import type { Thresholds } from '../kernel/check.ts';
import { substituteSchemas } from '../kernel/identifiers.ts';
import type { ProbeResult } from '../kernel/model.ts';
import {
  type Clock,
  laneTimeouts,
  type ProbeRunner,
  type TargetSession,
} from '../kernel/session.ts';
import type { Skip } from './skip-reason.ts';

/** What one check wants to know; checks with the same key share one answer. */
export interface Question {
  readonly entry: CatalogCheck;
  readonly thresholds: Thresholds;
  readonly skip: Skip | undefined;
  readonly values: readonly unknown[];
  readonly key: string;
}

/** An answer and when it came, milliseconds since 1970. */
export interface Sample {
  readonly result: ProbeResult;
  readonly at_ms: number;
}

interface QueueOptions {
  readonly session: TargetSession;
  readonly clock: Clock;
  readonly started_ms: number;
  readonly deadline_ms: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Answers by question key; a question without an answer was not reached before the deadline. */
export async function askEach(
  questions: readonly Question[],
  options: QueueOptions,
): Promise<ReadonlyMap<string, Sample>> {
  const distinct = new Map(
    questions.filter(({ skip }) => skip === undefined).map((question) => [question.key, question]),
  );
  const samples = new Map<string, Sample>();
  const note = (question: Question, result: ProbeResult) => {
    samples.set(question.key, { result, at_ms: options.clock.now_ms() });
    options.onProgress?.(samples.size, distinct.size);
  };
  const lost = new Map<ProbeRunner, ProbeResult>();
  const workers = { options, note, lost };
  const { fast, slow, pgbouncer, exporter } = byLane([...distinct.values()]);
  const [first, second] = options.session.runners;
  await Promise.all([
    second === undefined ? undefined : work(first, fast, workers),
    work(second ?? first, fast, workers).then(() => work(second ?? first, slow, workers)),
    askBeside(options.session.pgbouncer, pgbouncer, workers),
    askBeside(options.session.exporter, exporter, workers),
  ]);
  // What a lost connection left is asked over the other; if that is lost too, so is the server.
  await work(first, fast, workers).then(() => work(first, slow, workers));
  const [loss] = lost.size === options.session.runners.length ? lost.values() : [];
  if (loss) for (const question of [...fast, ...slow]) note(question, loss);
  return samples;
}

interface Workers {
  readonly options: QueueOptions;
  readonly note: (question: Question, result: ProbeResult) => void;
  /** The connections that were lost, with what they answered last. */
  readonly lost: Map<ProbeRunner, ProbeResult>;
}

async function work(
  runner: ProbeRunner | undefined,
  queue: Question[],
  { options, note, lost }: Workers,
): Promise<void> {
  while (runner !== undefined && !lost.has(runner) && !isOver(options)) {
    const question = queue.shift();
    if (question === undefined) return;
    const result = await ask(runner, question, options);
    if (result.status === 'unreachable') {
      queue.unshift(question);
      lost.set(runner, result);
      return;
    }
    note(question, result);
  }
}

// A console or exporter that is silent says nothing about the server: its checks fail, no more.
async function askBeside(
  runner: ProbeRunner | undefined,
  queue: Question[],
  { options, note }: Workers,
): Promise<void> {
  for (const question of runner === undefined ? [] : queue) {
    if (runner === undefined || isOver(options)) return;
    const result = await ask(runner, question, options);
    note(question, result.status === 'unreachable' ? { ...result, status: 'failed' } : result);
  }
}

function byLane(questions: readonly Question[]) {
  const of = (wanted: string) => questions.filter(({ entry }) => laneOf(entry) === wanted);
  return {
    fast: of('fast'),
    slow: of('slow'),
    pgbouncer: of('pgbouncer'),
    exporter: of('exporter'),
  };
}

function laneOf({ probe }: CatalogCheck): string {
  return probe.source === 'postgres' ? probe.lane : probe.source;
}

async function ask(
  runner: ProbeRunner,
  { entry, values }: Question,
  options: QueueOptions,
): Promise<ProbeResult> {
  const { server } = options.session;
  const sql = statementFor(entry.probe, Math.trunc(server.version_num / 10_000));
  if (sql === undefined) {
    return { status: 'unsupported', reason: 'no query for this version', duration_ms: 0 };
  }
  const left_ms = options.started_ms + options.deadline_ms - options.clock.now_ms();
  return runner.run({
    sql: substituteSchemas(sql, server.extensions),
    values,
    row_limit: entry.probe.row_limit,
    timeout_ms: Math.max(1, Math.min(laneTimeouts[entry.probe.lane], left_ms)),
  });
}

function isOver({ clock, started_ms, deadline_ms }: QueueOptions): boolean {
  return clock.now_ms() - started_ms >= deadline_ms;
}
