// Opens the socket to one address, and reads the first bytes a server answers.
import { lookup } from 'node:dns/promises';
import { isIP, connect as openSocket, type Socket } from 'node:net';
import { RunbookError } from '../../kernel/errors.ts';
import type { ResolvedHost, ResolvedTarget } from './resolved-target.ts';

/** Where one attempt goes: an address with its port, or the path of a socket. */
export type Place = { readonly address: string; readonly port: number } | { readonly path: string };

/** Gives the addresses of a name in the order to try them. */
export type Lookup = (name: string) => Promise<readonly string[]>;

/** The operating system's resolver, in its own order, as getaddrinfo gives it to libpq. */
export const systemLookup: Lookup = async (name) => {
  const found = await lookup(name, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

/** The places of one host. Throws what the lookup throws. */
export async function placesOf(host: ResolvedHost, lookUp: Lookup): Promise<readonly Place[]> {
  const { port } = host;
  if (host.kind === 'socket') return [{ path: `${host.host}/.s.PGSQL.${port}` }];
  const address = host.hostaddr ?? host.host;
  if (isIP(address) !== 0) return [{ address, port }];
  if (host.kind === 'address') {
    throw new RunbookError('unreachable/connect', { what: 'hostaddr is not a numeric address' });
  }
  return (await lookUp(address)).map((found) => ({ address: found, port }));
}

/** Names a place for people, with the host it belongs to. */
export function describePlace(host: ResolvedHost, place: Place): string {
  if ('path' in place) return `socket ${place.path}`;
  const name = host.host === '' ? place.address : host.host;
  const address = name === place.address ? '' : ` (${place.address})`;
  return `${name}${address}, port ${place.port}`;
}

/** A connected socket. Aborting the signal destroys it while it connects. */
export async function openStream(
  place: Place,
  signal: AbortSignal,
  keepalive: ResolvedTarget['keepalive'],
): Promise<Socket> {
  const socket =
    'path' in place
      ? openSocket({ path: place.path })
      : openSocket({ host: place.address, port: place.port, autoSelectFamily: false });
  await destroyedOnAbort(socket, signal, () => untilConnected(socket));
  // A socket without a listener for errors would end the process.
  socket.on('error', () => undefined);
  if ('address' in place) {
    socket.setNoDelay(true);
    socket.setKeepAlive(keepalive.isEnabled, keepalive.idle_ms);
  }
  return socket;
}

/** Does the work; the stream does not outlive a signal that is aborted before the work is done. */
export async function destroyedOnAbort<Result>(
  socket: Socket,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const abort = () => socket.destroy(timeExpired());
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function untilConnected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

/** The next bytes, at least `least_bytes`; the stream is paused after them. */
export async function readBytes(stream: Socket, least_bytes: number): Promise<Buffer> {
  let read = Buffer.alloc(0);
  while (read.length < least_bytes) read = Buffer.concat([read, await readChunk(stream)]);
  return read;
}

function readChunk(stream: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      stream.pause();
      stream.off('data', onData).off('error', onError).off('close', onClose);
    };
    const onData = (chunk: Buffer) => {
      settle();
      resolve(chunk);
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    const onClose = () => onError(stream.errored ?? connectionClosed());
    if (stream.destroyed || stream.readableEnded) return onClose();
    stream.on('data', onData).on('error', onError).on('close', onClose);
    stream.resume();
  });
}

/** The error of a server that hung up without a word. */
export function connectionClosed(): Error {
  return Object.assign(new Error('the server closed the connection unexpectedly'), {
    code: 'ECONNRESET',
  });
}

/** The error that every step of an attempt ends with when its time is over. */
export function timeExpired(): Error {
  return Object.assign(new Error('timeout expired'), { code: 'ETIMEDOUT' });
}
