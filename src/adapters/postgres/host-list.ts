// Splits host, hostaddr and port into the list of servers to try, by libpq's length rules.
import { RunbookError } from '../../kernel/errors.ts';
import type { ResolvedHost } from './resolved-target.ts';

export interface HostSettings {
  readonly host: string;
  readonly hostaddr: string;
  readonly port: string;
  readonly socket_directory: string;
}

export interface HostEntry extends Pick<ResolvedHost, 'kind' | 'host' | 'hostaddr' | 'port'> {
  /** The port as written: a passfile is matched against the text. */
  readonly port_text: string;
}

const default_port = '5432';

/** @throws usage/connection-string where the lists differ in length or a port is none. */
export function splitHosts(settings: HostSettings): readonly HostEntry[] {
  const hosts = settings.host === '' ? [] : settings.host.split(',');
  const addresses = settings.hostaddr === '' ? [] : settings.hostaddr.split(',');
  const count = addresses.length || hosts.length || 1;
  if (hosts.length > 0 && hosts.length !== count) {
    throw mismatch(`${hosts.length} host names`, `${count} hostaddr values`);
  }
  const ports = settings.port === '' ? [default_port] : settings.port.split(',');
  if (ports.length !== 1 && ports.length !== count) {
    throw mismatch(`${ports.length} port numbers`, `${count} hosts`);
  }
  return Array.from({ length: count }, (_, index) => {
    const port_text = (ports.length === 1 ? ports[0] : ports[index]) || default_port;
    const place = placeOf(hosts[index] ?? '', addresses[index] ?? '', settings.socket_directory);
    return { ...place, port: parsePort(port_text), port_text };
  });
}

function placeOf(host: string, hostaddr: string, socket_directory: string) {
  if (hostaddr !== '') return { kind: 'address', host, hostaddr } as const;
  if (host === '') return { kind: 'socket', host: socket_directory, hostaddr: undefined } as const;
  if (host.startsWith('@')) throw abstractSocket(host);
  const kind = host.startsWith('/') ? 'socket' : 'name';
  return { kind, host, hostaddr: undefined } as const;
}

// The text is not shown: in a URI whose password holds a "/" the password stands here.
function parsePort(text: string): number {
  const port = /^\s*\+?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new RunbookError('usage/connection-string', {
    what: 'the port is not a number from 1 to 65535',
    remedy: 'In a URI, percent-encode a password that holds "/", "?", "#" or "@".',
  });
}

function mismatch(left: string, right: string): RunbookError {
  return new RunbookError('usage/connection-string', {
    what: `${left} do not fit ${right}`,
    remedy: 'Give as many as there are hosts; a single port serves all hosts.',
  });
}

function abstractSocket(host: string): RunbookError {
  return new RunbookError('unsupported/connection-setting', {
    what: `host ${host} is a socket in the abstract namespace`,
    why: 'Sockets are opened by their path in the file system only.',
    remedy: 'Add a directory to unix_socket_directories and name that as host.',
  });
}
