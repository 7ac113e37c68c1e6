// Begins a session on an open stream: startup packet, first answer, then the driver takes over.
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import pg from 'pg';
import { RunbookError } from '../../kernel/errors.ts';
import type { ResolvedHost, ResolvedTarget } from './resolved-target.ts';
import { readBytes } from './server-socket.ts';

export interface StartupRequest {
  readonly target: ResolvedTarget;
  readonly host: ResolvedHost;
  readonly application_name: string;
  /** Options of the driver itself: how it parses types. */
  readonly client?: Pick<pg.ClientConfig, 'types'> | undefined;
}

export interface StartedSession {
  readonly client: pg.Client;
  /** Settings that the server reports by itself (in_hot_standby, server_version, …). */
  readonly reported: ReadonlyMap<string, string>;
}

/** A refusal by the server before it had authenticated us: another encryption may be welcome. */
export class EarlyRefusal extends Error {
  override readonly name = 'EarlyRefusal';
}

/**
 * The driver never opens a socket, reads the environment or sends a startup packet here: it gets
 * a stream on which all of that is done, and goes on from the server's first answer.
 * @throws EarlyRefusal with the server's error as cause, RunbookError, or a socket error.
 */
export async function startSession(
  stream: Socket | TLSSocket,
  request: StartupRequest,
): Promise<StartedSession> {
  const { target, host } = request;
  const isEncrypted = 'encrypted' in stream;
  stream.write(startupPacket(request));
  const answer = await readFirstAnswer(stream);
  // The driver calls connect() on its stream; this one is connected already.
  const connected = Object.assign(stream, { connect: () => stream });
  const client = new pg.Client({
    ...request.client,
    stream: () => connected,
    host: host.host || (host.hostaddr ?? ''),
    port: host.port,
    user: target.user,
    database: target.database,
    password: () => {
      watched.checkBinding();
      return passwordOf(host, target);
    },
    ssl: false,
    sslnegotiation: 'postgres',
    enableChannelBinding: isEncrypted && target.channel_binding !== 'disable',
  });
  client.on('error', () => undefined);
  const watched = watch(client, target);
  stream.unshift(answer);
  const ready = client.connect();
  stream.resume();
  try {
    await ready;
  } catch (error) {
    if (watched.isAuthenticated || !isFromServer(error)) throw error;
    throw new EarlyRefusal('the server refused the session', { cause: error });
  }
  return { client, reported: watched.reported };
}

function startupPacket({ target, application_name }: StartupRequest): Buffer {
  const parameters = {
    user: target.user,
    database: target.database,
    ...(target.options === '' ? {} : { options: target.options }),
    ...(application_name === '' ? {} : { application_name }),
    client_encoding: 'UTF8',
    ...target.session_settings,
  };
  const text = Object.entries(parameters).flat().join('\0');
  const body = Buffer.from(`${text}\0\0`, 'utf8');
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + head.length, 0);
  head.writeInt32BE(0x0003_0000, 4); // protocol 3.0
  return Buffer.concat([head, body]);
}

// Kerberos, GSSAPI and SSPI; the driver would throw on them where nobody can catch it.
const unsupportedMethods: Readonly<Record<number, string>> = {
  2: 'Kerberos V5',
  6: 'SCM credentials',
  7: 'GSSAPI',
  9: 'SSPI',
};

async function readFirstAnswer(stream: Socket): Promise<Buffer> {
  const head = await readBytes(stream, 5);
  const kind = head.toString('latin1', 0, 1);
  const length_bytes = head.readInt32BE(1);
  const isPlausible = length_bytes >= 8 && length_bytes <= 30_000;
  if ((kind !== 'R' && kind !== 'E') || !isPlausible) {
    throw new RunbookError('unsupported/server', {
      what: 'what listens there does not speak the PostgreSQL protocol',
      remedy: 'Check host and port.',
    });
  }
  if (kind === 'E') return head;
  const rest = head.length < 9 ? await readBytes(stream, 9 - head.length) : Buffer.alloc(0);
  const answer = Buffer.concat([head, rest]);
  const method = unsupportedMethods[answer.readInt32BE(5)];
  if (method === undefined) return answer;
  throw new RunbookError('denied/authentication', {
    what: `the server asks for ${method}, which is not supported`,
    remedy: 'Give this role a rule with scram-sha-256 or cert in pg_hba.conf.',
  });
}

interface Watched {
  isAuthenticated: boolean;
  readonly reported: Map<string, string>;
  /** Throws where channel binding is demanded and the server did not offer it. */
  checkBinding(): void;
}

// These listeners are added before the driver's own, so they know a message before it answers.
function watch(client: pg.Client, target: ResolvedTarget): Watched {
  const { connection } = client;
  let isBound = false;
  const checkBinding = () => {
    if (target.channel_binding === 'require' && !isBound) throw bindingMissing();
  };
  const watched: Watched = { isAuthenticated: false, reported: new Map(), checkBinding };
  connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: readonly string[] }) => {
    isBound = mechanisms.includes('SCRAM-SHA-256-PLUS');
  });
  connection.on('authenticationOk', () => {
    watched.isAuthenticated = true;
    try {
      checkBinding();
    } catch (error) {
      connection.emit('error', error);
    }
  });
  connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) => {
    watched.reported.set(parameterName, parameterValue);
  });
  return watched;
}

interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

function passwordOf(host: ResolvedHost, target: ResolvedTarget): string {
  const password = host.password();
  if (password !== undefined && password !== '') return password;
  throw new RunbookError('denied/authentication', {
    what: `the server asks for a password of role ${target.user}, and none was given`,
    remedy: 'Put it in the passfile (~/.pgpass), PGPASSWORD or the service file.',
  });
}

function bindingMissing(): RunbookError {
  return new RunbookError('denied/tls', {
    what: 'channel_binding=require, but the server did not prove that TLS ends at itself',
    why: 'Only scram-sha-256 over TLS binds the password exchange to the connection.',
    remedy: 'Use TLS and scram-sha-256 for this role, or channel_binding=prefer.',
  });
}

function isFromServer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity !== undefined;
}
