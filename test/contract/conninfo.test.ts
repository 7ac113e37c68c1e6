// We connect as psql did: each case is replayed against the same servers and files.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Attempt } from '../../src/adapters/postgres/connect-failure.ts';
import { openConnection } from '../../src/adapters/postgres/open-connection.ts';
import { processSurroundings } from '../../src/adapters/postgres/process-surroundings.ts';
import { resolveTarget } from '../../src/adapters/postgres/resolve-target.ts';
import type { ResolvedTarget } from '../../src/adapters/postgres/resolved-target.ts';
import { asRunbookError, type RunbookError } from '../../src/kernel/errors.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import {
  answersFile,
  type ConnectionCase,
  type RecordedAnswer,
  readCases,
  type Stage,
  stageCase,
} from './conninfo-stage.ts';
import type { Visit } from './recording-server.ts';

const cases = await readCases();
const { answers }: { answers: Record<string, RecordedAnswer> } = JSON.parse(
  await readFile(answersFile, 'utf8'),
);
const system_user = 'the-system-user';
const deadline_ms = 20_000;

describe('connecting as psql 15 did', () => {
  let folder = '';
  let certificates: Certificates | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificates-'));
    certificates = await makeCertificates(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has an answer of psql for every case, and no other', () => {
    const names = cases.map(({ name }) => name);
    assert.deepEqual(Object.keys(answers).toSorted(), names.toSorted());
  });

  for (const connectionCase of cases) {
    it(connectionCase.name, async () => {
      assert.ok(certificates !== undefined);
      const answer = answers[connectionCase.name];
      assert.ok(answer !== undefined);
      const stage = await stageCase(connectionCase, certificates, system_user);
      try {
        const ours = await replay(stage);
        compare({ ours, connectionCase, answer });
      } finally {
        await stage.close();
      }
    });
  }
});

interface OurAnswer {
  readonly outcome: RecordedAnswer['outcome'];
  readonly error: RunbookError | undefined;
  readonly visits: readonly Visit[];
  readonly tried: readonly string[];
}

async function replay(stage: Stage): Promise<OurAnswer> {
  const surroundings = {
    ...processSurroundings(process.env),
    env: stage.env,
    home: stage.home,
    user: system_user,
    socket_directory: '/var/run/postgresql',
  };
  let target: ResolvedTarget;
  try {
    target = await resolveTarget(stage.text, surroundings);
  } catch (thrown) {
    return { outcome: 'usage', error: asRunbookError(thrown), visits: [], tried: [] };
  }
  const attempts: Attempt[] = [];
  const onAttempt = (attempt: Attempt) => attempts.push(attempt);
  const error = await openConnection(target, {
    application_name: 'psql',
    deadline_ms,
    onAttempt,
  }).then(
    (client) => client.end(),
    (thrown) => asRunbookError(thrown),
  );
  await stage.settle();
  return {
    outcome: error === undefined ? 'connected' : 'failed',
    error: error ?? undefined,
    visits: stage.visits.map((visit) => withoutEncoding(visit, stage)),
    tried: attempts.map(({ where }) => stage.unfill(where).replace(/^.* \((.*)\), /, '$1, ')),
  };
}

interface Comparison {
  readonly ours: OurAnswer;
  readonly connectionCase: ConnectionCase;
  readonly answer: RecordedAnswer;
}

function compare({ ours, connectionCase, answer }: Comparison): void {
  const { code, code_of_failure } = connectionCase;
  const expected = code ?? (answer.outcome === 'failed' ? code_of_failure : undefined);
  assert.equal(ours.error?.code, expected, ours.error?.stack);
  if (connectionCase.differs !== undefined) return;
  assert.equal(ours.outcome, answer.outcome);
  if (answer.outcome === 'usage') return;
  assert.deepEqual(ours.visits, answer.visits.map(withoutEncodingOfPsql));
  if (answer.outcome === 'failed') assert.deepEqual(ours.tried, triedBy(answer.said));
}

// The driver reads text as UTF8 and asks for it, whatever client_encoding says.
function withoutEncoding(visit: Visit, stage: Stage): Visit {
  if (visit.startup === undefined) return leftEarly(visit);
  const entries = Object.entries(visit.startup)
    .filter(([name]) => name !== 'client_encoding')
    .map(
      ([name, value]) => [name, value === system_user ? '{user}' : stage.unfill(value)] as const,
    );
  return { ...visit, startup: Object.fromEntries(entries) };
}

function withoutEncodingOfPsql(visit: Visit): Visit {
  if (visit.startup === undefined) return leftEarly(visit);
  const { client_encoding: _ignored, ...startup } = visit.startup;
  return { ...visit, startup };
}

// A client that dislikes the certificate leaves: whether the server saw the handshake end before
// that is a race.
function leftEarly(visit: Visit): Visit {
  return visit.tls === 'encrypted' ? { server: visit.server, tls: 'failed' } : visit;
}

/** The places that psql's message names, in our words. */
function triedBy(said: readonly string[]): readonly string[] {
  return said.flatMap((line) => {
    const tcp = /server at "(.*?)"(?: \((.*?)\))?, port (.*?) failed/.exec(line);
    if (tcp) return [`${tcp[2] ?? tcp[1]}, port ${tcp[3]}`];
    const socket = /server on socket "(.*?)" failed/.exec(line);
    if (socket) return [`socket ${socket[1]}`];
    const unknown = /could not (?:translate host name|parse network address) "(.*?)"/.exec(line);
    return unknown ? [`${unknown[1]}, port {A}`] : [];
  });
}
