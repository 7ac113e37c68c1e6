// Sets one connection case up: recording servers, a home with its files, placeholders filled in.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Certificates } from './certificates.ts';
import {
  type Behaviour,
  type RecordingServer,
  startRecording,
  type Visit,
} from './recording-server.ts';

/** A case as written. Placeholders: {A} port of server A, {closed}, {home}, {sockets}, {user}. */
export interface ConnectionCase {
  readonly name: string;
  readonly text?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the home by path; "{file:authority}" stands for a certificate file. */
  readonly files?: Readonly<Record<string, string>>;
  /** Permissions by path, octal; 0600 where absent. */
  readonly modes?: Readonly<Record<string, string>>;
  readonly servers?: Readonly<Record<string, Behaviour>>;
  /** The code of our error, where the case ends in one. */
  readonly code?: string;
  /** The code of our error where psql failed, for cases made from the matrix. */
  readonly code_of_failure?: string;
  /** Why we answer otherwise than libpq does, on purpose: then only `code` is compared. */
  readonly differs?: string;
}

/** What psql did with a case. */
export interface RecordedAnswer {
  readonly outcome: 'connected' | 'usage' | 'failed';
  readonly visits: readonly Visit[];
  /** psql's message, line by line, with placeholders. */
  readonly said: readonly string[];
}

interface CaseFile {
  readonly cases: readonly ConnectionCase[];
  readonly matrix: {
    readonly sslmodes: readonly string[];
    readonly servers: Readonly<Record<string, Behaviour>>;
    readonly roots: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

const folder = import.meta.dirname;

/** All cases: those written out, and sslmode × server × root certificate. */
export async function readCases(): Promise<readonly ConnectionCase[]> {
  const text = await readFile(join(folder, 'conninfo-cases.json'), 'utf8');
  const { cases, matrix }: CaseFile = JSON.parse(text);
  const product = matrix.sslmodes.flatMap((sslmode) =>
    Object.entries(matrix.servers).flatMap(([server, behaviour]) =>
      Object.entries(matrix.roots).map(([root, files]) => ({
        name: `sslmode=${sslmode}, server ${server}, ${root}`,
        text: `host=localhost hostaddr=127.0.0.1 port={A} sslmode=${sslmode}`,
        servers: { A: behaviour },
        files,
        code_of_failure: 'denied/tls',
      })),
    ),
  );
  return [...cases, ...product];
}

export const answersFile = join(folder, 'conninfo-answers.generated.json');

export interface Stage {
  readonly home: string;
  readonly text: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly visits: readonly Visit[];
  /** Puts placeholders back into what was said or done. */
  readonly unfill: (text: string) => string;
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the servers of a case and writes its files. `user` is who {user} stands for. */
export async function stageCase(
  connectionCase: ConnectionCase,
  certificates: Certificates,
  user: string,
): Promise<Stage> {
  const home = await mkdtemp(join(tmpdir(), 'conninfo-'));
  const sockets = join(home, 'sockets');
  await mkdir(sockets);
  const visits: Visit[] = [];
  const servers = new Map<string, RecordingServer>();
  for (const [name, behaviour] of Object.entries(connectionCase.servers ?? {})) {
    const { socket_port, tls } = behaviour;
    const path = socket_port === undefined ? undefined : join(sockets, `.s.PGSQL.${socket_port}`);
    const certificate = tls === undefined ? undefined : certificates.issued.get(tls);
    servers.set(name, await startRecording({ name, behaviour, certificate, path, visits }));
  }
  const words = new Map([
    ['home', home],
    ['sockets', sockets],
    ['encoded-sockets', encodeURIComponent(sockets)],
    ['user', user],
    ['closed', String(await closedPort())],
    ...[...servers].map(([name, { port }]) => [name, String(port)] as const),
    ...[...certificates.files].map(([name, text]) => [`file:${name}`, text] as const),
  ]);
  const fill = (text: string) =>
    text.replace(/\{([\w:.-]+)\}/g, (whole, word: string) => words.get(word) ?? whole);
  await writeFiles(connectionCase, home, fill);
  const env = { PGSYSCONFDIR: '{home}/etc', ...connectionCase.env };
  return {
    home,
    text: connectionCase.text === undefined ? undefined : fill(connectionCase.text),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)])),
    visits,
    unfill: unfillWith(words),
    settle: async () => {
      await Promise.all([...servers.values()].map((server) => server.settle()));
    },
    close: async () => {
      await Promise.all([...servers.values()].map((server) => server.close()));
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function writeFiles(
  { files = {}, modes = {} }: ConnectionCase,
  home: string,
  fill: (text: string) => string,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), fill(text));
    await chmod(join(home, path), Number.parseInt(modes[path] ?? '0600', 8));
  }
}

function unfillWith(words: ReadonlyMap<string, string>): (text: string) => string {
  const places = [...words].filter(([word]) => !word.startsWith('file:') && word !== 'user');
  return (text) =>
    places
      .toSorted(([, left], [, right]) => right.length - left.length)
      .reduce(
        (left, [word, value]) => left.replaceAll(value, value === '0' ? value : `{${word}}`),
        text,
      );
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 1;
}
