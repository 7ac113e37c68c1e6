// Connects to a resolved target: every host, address and encryption in libpq's order.
import type { Socket } from 'node:net';
import type pg from 'pg';
import { RunbookError } from '../../kernel/errors.ts';
import { type Attempt, connectError, failureOf, giveUp } from './connect-failure.ts';
import type { ResolvedHost, ResolvedTarget } from './resolved-target.ts';
import {
  describePlace,
  destroyedOnAbort,
  type Lookup,
  openStream,
  type Place,
  placesOf,
  systemLookup,
  timeExpired,
} from './server-socket.ts';
import { type StartedSession, startSession } from './server-startup.ts';
import { attributeMismatch } from './session-attributes.ts';
import { askForTls, encrypt, tlsDeclined } from './tls.ts';

export interface ConnectionRequest {
  /** Name used where the target gives none. */
  readonly application_name: string;
  /** Limit for the whole of it: every host, address and encryption together. */
  readonly deadline_ms: number;
  /** Options of the driver itself: how it parses types. */
  readonly client?: Pick<pg.ClientConfig, 'types'>;
  readonly lookup?: Lookup;
  /** Told each attempt that failed, as it fails. */
  readonly onAttempt?: (attempt: Attempt) => void;
  /** Told the server reached, with its address: a second connection can ask for the same one. */
  readonly onConnected?: (host: ResolvedHost) => void;
}

/** Limit for one address where connect_timeout gives none: libpq would wait without end. */
const address_timeout_ms = 10_000;

/**
 * A connected client that already has an `error` listener. The caller ends it.
 * @throws unreachable/*, denied/authentication, denied/tls, unsupported/*, usage/unknown-database;
 * `why` names each address tried and what became of it.
 */
export async function openConnection(
  target: ResolvedTarget,
  request: ConnectionRequest,
): Promise<pg.Client> {
  const attempts: Attempt[] = [];
  const note = (attempt: Attempt) => {
    attempts.push(attempt);
    request.onAttempt?.(attempt);
  };
  const deadline = AbortSignal.timeout(request.deadline_ms);
  const journey = { target, request, note, deadline };
  const wishes =
    target.target_session_attrs === 'prefer-standby'
      ? (['prefer-standby', 'any'] as const)
      : [target.target_session_attrs];
  for (const target_session_attrs of wishes) {
    for (const host of target.hosts) {
      if (deadline.aborted) break;
      const wanted = { ...journey, target: { ...target, target_session_attrs } };
      const client = await tryHost(host, wanted, attempts);
      if (client !== undefined) return client;
    }
  }
  throw connectError(attempts);
}

interface Journey {
  readonly target: ResolvedTarget;
  readonly request: ConnectionRequest;
  readonly note: (attempt: Attempt) => void;
  readonly deadline: AbortSignal;
}

// Only failures to reach an address lead to the next one. A server that answered and refused ends
// the search, unless it cannot serve now or is of the wrong kind: then the next host is tried.
async function tryHost(
  host: ResolvedHost,
  journey: Journey,
  attempts: readonly Attempt[],
): Promise<pg.Client | undefined> {
  for (const place of await findPlaces(host, journey)) {
    if (journey.deadline.aborted) return undefined;
    const outcome = await tryPlace({ host, place, journey });
    if ('client' in outcome) return outcome.client;
    if (outcome.next === 'stop') throw giveUp(outcome, attempts);
    if (outcome.next === 'host') return undefined;
  }
  return undefined;
}

async function findPlaces(host: ResolvedHost, journey: Journey): Promise<readonly Place[]> {
  const { note, deadline, request } = journey;
  const expired = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(timeExpired()), { once: true });
  });
  try {
    const lookup = placesOf(host, request.lookup ?? systemLookup);
    return await Promise.race([lookup, expired]);
  } catch (error) {
    const where = `${host.hostaddr ?? host.host}, port ${host.port}`;
    note({ ...failureOf(error, where), next: 'host', where });
    return [];
  }
}

interface Stop {
  readonly host: ResolvedHost;
  readonly place: Place;
  readonly journey: Journey;
}

type Encryption = 'none' | 'if-offered' | 'demanded';

// A socket is never encrypted, whatever sslmode says: libpq sees no need for it on one machine.
function encryptionsOf({ place, journey }: Stop): readonly Encryption[] {
  const { sslmode } = journey.target;
  if ('path' in place || sslmode === 'disable') return ['none'];
  if (sslmode === 'allow') return ['none', 'if-offered'];
  return sslmode === 'prefer' ? ['if-offered', 'none'] : ['demanded'];
}

async function tryPlace(stop: Stop): Promise<StartedSession | Attempt> {
  const { journey, host, place } = stop;
  const { target, deadline, note } = journey;
  const where = describePlace(host, place);
  const limit = AbortSignal.timeout(target.connect_timeout_ms ?? address_timeout_ms);
  const signal = AbortSignal.any([limit, deadline]);
  const encryptions = encryptionsOf(stop);
  for (const [index, encryption] of encryptions.entries()) {
    const state = { hasDeclined: false };
    try {
      return await tryOnce(stop, { encryption, signal, state });
    } catch (error) {
      const found = { ...failureOf(signal.aborted ? timeExpired() : error, where), where };
      const isLast = index === encryptions.length - 1 || state.hasDeclined;
      const attempt: Attempt =
        found.next === 'encryption' && isLast ? { ...found, next: 'stop' } : found;
      note(attempt);
      if (attempt.next !== 'encryption') return attempt;
    }
  }
  throw new RunbookError('bug/assertion', { what: 'a place was left without an outcome' });
}

interface Try {
  readonly encryption: Encryption;
  readonly signal: AbortSignal;
  /** Tells that TLS was declined and the same connection went on without it. */
  readonly state: { hasDeclined: boolean };
}

async function tryOnce(stop: Stop, attempt: Try): Promise<StartedSession> {
  const { place, journey } = stop;
  const { target } = journey;
  if ('path' in place && target.required_peer !== undefined) throw peerUnknown();
  const socket = await openStream(place, attempt.signal, target.keepalive);
  try {
    return await destroyedOnAbort(socket, attempt.signal, () => begin(socket, stop, attempt));
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function begin(socket: Socket, stop: Stop, attempt: Try): Promise<StartedSession> {
  const { host, place, journey } = stop;
  const { target, request } = journey;
  const where = describePlace(host, place);
  let stream = socket;
  if (attempt.encryption !== 'none') {
    const isOffered = await askForTls(socket, where);
    attempt.state.hasDeclined = !isOffered;
    if (isOffered) stream = await encrypt(socket, host, target);
    else if (attempt.encryption === 'demanded') throw tlsDeclined(target, where);
  }
  const application_name = target.application_name ?? request.application_name;
  const { client } = request;
  const session = await startSession(stream, { target, host, application_name, client });
  const mismatch = await attributeMismatch(session, target.target_session_attrs);
  if (mismatch === undefined) {
    request.onConnected?.(pinned(host, place));
    return session;
  }
  await session.client.end();
  throw new RunbookError('unreachable/session-attributes', { what: mismatch });
}

function pinned(host: ResolvedHost, place: Place): ResolvedHost {
  return 'path' in place ? host : { ...host, kind: 'address', hostaddr: place.address };
}

function peerUnknown(): RunbookError {
  return new RunbookError('unsupported/connection-setting', {
    what: 'requirepeer is not supported: Node.js cannot tell who owns the other end of a socket',
    remedy: 'Connect over TCP with sslmode=verify-full.',
  });
}
