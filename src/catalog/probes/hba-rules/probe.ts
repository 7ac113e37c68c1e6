// The rules of pg_hba.conf: who may connect from where, and how they prove who they are.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, list, number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { isInside, type Network, parseNetwork } from './network.ts';

export default defineProbe({ id: 'hba-rules', row_limit: 1_000 });

export interface HbaRule {
  readonly number: number;
  readonly file: string;
  readonly line: number;
  /** local, host, hostssl, hostnossl, hostgssenc or hostnogssenc. */
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** null for local; a word such as `all` or `samenet`, a host name, or a network. */
  readonly address: string | Network | null;
  readonly method: string;
  /** True where a client certificate must be shown besides. */
  readonly needs_certificate: boolean;
  /** False where the server has no TCP port, so that only local rules can apply. */
  readonly server_listens: boolean;
  readonly server_has_tls: boolean;
  readonly password_encryption: string;
  /** The rule as one line, without its options. */
  readonly text: string;
}

/** What every check of these rules needs. */
export const hbaNeeds = { functions: ['pg_catalog.pg_hba_file_rules()'] } as const;

export const nothingInHba = 'pg_hba.conf has no rule that could be read';

export function parseHbaRule(row: RawRow): HbaRule {
  const address = textOrNull(row, 'address');
  const netmask = textOrNull(row, 'netmask');
  const network = address && netmask ? parseNetwork(address, netmask) : undefined;
  const [type, method] = [text(row, 'type'), text(row, 'method')];
  const [databases, users] = [list(row, 'databases'), list(row, 'users')];
  const where = network ? `${address}/${network.prefix}` : address;
  return {
    number: number(row, 'number'),
    file: text(row, 'file'),
    line: number(row, 'line'),
    type,
    databases,
    users,
    address: network ?? address,
    method,
    needs_certificate: boolean(row, 'needs_certificate'),
    server_listens: boolean(row, 'server_listens'),
    server_has_tls: boolean(row, 'server_has_tls'),
    password_encryption: text(row, 'password_encryption'),
    text: [type, databases.join(','), users.join(','), where, method]
      .filter((part) => part !== null)
      .join(' '),
  };
}

/** "pg_hba.conf line 12". */
export function placeOf({ file, line }: HbaRule): string {
  return `${file} line ${line}`;
}

export type Reach = 'socket' | 'loopback' | 'network' | 'anywhere';

const all_bits = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';
const loopbacks = [parseNetwork('127.0.0.0', '255.0.0.0'), parseNetwork('::1', all_bits)];

/** From how far the rule lets clients come. */
export function reachOf({ type, address }: HbaRule): Reach {
  if (type === 'local' || address === null) return 'socket';
  if (address === 'samehost') return 'loopback';
  if (typeof address === 'string') return address === 'all' ? 'anywhere' : 'network';
  if (address.prefix === 0) return 'anywhere';
  return loopbacks.some((network) => network && isInside(address, network))
    ? 'loopback'
    : 'network';
}

/** True where every connection that the later rule speaks of already matches the earlier one. */
export function covers(earlier: HbaRule, later: HbaRule): boolean {
  return (
    coversType(earlier.type, later.type) &&
    later.databases.every((database) => coversDatabase(earlier, database)) &&
    (earlier.users.includes('all') || later.users.every((user) => earlier.users.includes(user))) &&
    coversAddress(earlier.address, later.address)
  );
}

// What is encrypted by GSSAPI is not by TLS, and the other way round.
const typesWithin: Readonly<Record<string, readonly string[]>> = {
  host: ['hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'],
  hostnossl: ['hostgssenc'],
  hostnogssenc: ['hostssl'],
};

function coversType(earlier: string, later: string): boolean {
  return earlier === later || (typesWithin[earlier] ?? []).includes(later);
}

// `all` means every database, but not physical replication, which asks for none.
function coversDatabase({ databases }: HbaRule, database: string): boolean {
  return databases.includes(database) || (databases.includes('all') && database !== 'replication');
}

function coversAddress(earlier: HbaRule['address'], later: HbaRule['address']): boolean {
  if (earlier === null || earlier === 'all') return true;
  if (typeof earlier === 'string' || later === null || typeof later === 'string') {
    return earlier === later;
  }
  return isInside(later, earlier);
}
