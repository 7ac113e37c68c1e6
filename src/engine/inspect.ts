// One inspection of one target: every check that applies is answered, and no failure ends it.
import type { Baselines } from '../kernel/baselines.ts';
import type { Catalog, CatalogCheck } from '../kernel/catalog.ts';
import type { Thresholds } from '../kernel/check.ts';
import { asRunbookError } from '../kernel/errors.ts';
import type {
  CheckResult,
  Finding,
  FindingDraft,
  Inspection,
  Severity,
  SkipCode,
  Verdict,
} from '../kernel/model.ts';
import { severities } from '../kernel/model.ts';
import type { Clock, TargetSession } from '../kernel/session.ts';
import { fingerprint } from './fingerprint.ts';
import { askEach, type Question, type Sample } from './probe-queue.ts';
import { type Selection, skipReason } from './skip-reason.ts';
import { thresholdsOf } from './thresholds.ts';

export interface InspectOptions {
  /** Name of the target, as the user gave it and without secrets. */
  readonly target: string;
  readonly catalog: Catalog;
  readonly selection: Selection;
  /** Thresholds that differ from the defaults, by check, in base units. */
  readonly thresholds: Readonly<Record<string, Thresholds>>;
  readonly baselines: Baselines;
  readonly clock: Clock;
  /** Milliseconds for the whole inspection; what was not asked by then is skipped. */
  readonly deadline_ms: number;
  /** An earlier sample, by question: what `sampleHistory` gave. */
  readonly previous?: ReadonlyMap<string, Sample>;
  /** Told after each check, for a progress line. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Asks every probe that is needed once and lets each check judge; no failure ends it. */
export async function inspect(
  session: TargetSession,
  options: InspectOptions,
): Promise<Inspection> {
  const started_ms = options.clock.now_ms();
  const questions = options.catalog.checks.map((entry) => toQuestion(entry, session, options));
  const samples = await askEach(questions, { ...options, session, started_ms });
  const answers = questions.map((question) => judge(question, samples, { session, options }));
  return {
    target: options.target,
    server: session.server,
    started_at: new Date(started_ms).toISOString(),
    duration_ms: options.clock.now_ms() - started_ms,
    checks: answers.map(({ result }) => result),
    findings: answers.flatMap(({ findings }) => findings).toSorted(worstFirst),
  };
}

/** The counters of all checks that compare two samples, to be given to `inspect` as `previous`. */
export async function sampleHistory(
  session: TargetSession,
  options: InspectOptions,
): Promise<ReadonlyMap<string, Sample>> {
  const started_ms = options.clock.now_ms();
  const questions = options.catalog.checks
    .filter(({ check }) => check.needs.history === true)
    .map((entry) => toQuestion(entry, session, { ...options, previous: new Map() }));
  return askEach(questions, { ...options, session, started_ms });
}

function toQuestion(
  entry: CatalogCheck,
  session: TargetSession,
  options: InspectOptions,
): Question {
  const thresholds = thresholdsOf(entry.check, options.thresholds[entry.check.id]);
  const inputs = { thresholds, baselines: options.baselines, server: session.server };
  const skip = skipReason(entry, { session, ...options });
  const values = skip === undefined ? entry.check.parameters(inputs) : [];
  return { entry, thresholds, skip, values, key: `${entry.probe.id} ${JSON.stringify(values)}` };
}

interface Context {
  readonly session: TargetSession;
  readonly options: InspectOptions;
}

interface Judged {
  readonly result: CheckResult;
  readonly findings: readonly Finding[];
}

function judge(question: Question, samples: ReadonlyMap<string, Sample>, context: Context): Judged {
  const { id } = question.entry.check;
  const none = { id, examined: 0, duration_ms: 0 };
  if (question.skip) {
    const { reason, reason_code } = question.skip;
    return { result: { ...none, status: 'skipped', reason, reason_code }, findings: [] };
  }
  const sample = samples.get(question.key);
  if (sample === undefined) {
    const reason = 'the time allowed for the inspection was over';
    return {
      result: { ...none, status: 'skipped', reason, reason_code: 'deadline' },
      findings: [],
    };
  }
  if (sample.result.status !== 'ok') return { result: unanswered(id, sample), findings: [] };
  return evaluate(question, sample, context);
}

// A probe the role may not send, or that this server does not know, says nothing about health.
function unanswered(id: string, { result }: Sample): CheckResult {
  const { duration_ms } = result;
  if (result.status === 'ok') return { id, status: 'ok', examined: 0, duration_ms };
  const failed = result.status === 'failed' || result.status === 'unreachable';
  return {
    id,
    status: failed ? 'failed' : 'skipped',
    reason: result.reason,
    reason_code: result.status,
    examined: 0,
    duration_ms,
  };
}

function evaluate(question: Question, sample: Sample, context: Context): Judged {
  const { session, options } = context;
  try {
    const verdict = question.entry.check.evaluate({
      rows: sample.result.status === 'ok' ? sample.result.rows : [],
      thresholds: question.thresholds,
      baselines: options.baselines,
      server: session.server,
      previous: earlierSample(question, sample, options),
    });
    return conclude(verdict, { question, sample, context });
  } catch (thrown) {
    const { id } = question.entry.check;
    const reason = `fault in the check: ${asRunbookError(thrown).message}`;
    const { duration_ms } = sample.result;
    return { result: { id, status: 'failed', reason, examined: 0, duration_ms }, findings: [] };
  }
}

interface Case {
  readonly question: Question;
  readonly sample: Sample;
  readonly context: Context;
}

// Nothing found is worth something only if something was examined, and all of it.
function conclude(verdict: Verdict, { question, sample, context }: Case): Judged {
  const { check, probe } = question.entry;
  const { result } = sample;
  const base = { id: check.id, duration_ms: result.duration_ms };
  const skip = (reason_code: SkipCode, reason: string): Judged => ({
    result: { ...base, status: 'skipped', reason, reason_code, examined: 0 },
    findings: [],
  });
  if ('skipped' in verdict) return skip('cannot-tell', verdict.skipped);
  const { examined } = verdict;
  const findings = verdict.findings.map((draft) => complete(draft, question, context));
  if (findings.length > 0) return { result: { ...base, status: 'finding', examined }, findings };
  if (examined === 0) return skip('nothing-to-examine', check.nothing);
  if (result.status === 'ok' && result.truncated) {
    return skip('cannot-tell', `only the first ${probe.row_limit} rows were looked at`);
  }
  return { result: { ...base, status: 'ok', examined }, findings: [] };
}

function earlierSample(question: Question, sample: Sample, options: InspectOptions) {
  const earlier = options.previous?.get(question.key);
  if (earlier?.result.status !== 'ok') return undefined;
  return { rows: earlier.result.rows, elapsed_ms: sample.at_ms - earlier.at_ms };
}

function complete(draft: FindingDraft, question: Question, context: Context): Finding {
  const { check } = question.entry;
  return {
    ...draft,
    check: check.id,
    title: check.title,
    runbook: check.runbook ?? null,
    fingerprint: fingerprint(check, draft, context),
    next: `pgrunbook check --explain ${check.id}`,
  };
}

function worstFirst(a: Finding, b: Finding): number {
  return rank(b.severity) - rank(a.severity) || a.check.localeCompare(b.check);
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}
