// IPv4 and IPv6 networks: just enough to say whether one lies within another.

export interface Network {
  /** Bits of an address: 32 or 128. */
  readonly width: 32 | 128;
  readonly bits: bigint;
  readonly prefix: number;
}

/** The network of an address and its mask, as pg_hba_file_rules shows them; undefined for names. */
export function parseNetwork(address: string, netmask: string): Network | undefined {
  const [host, mask] = [parseAddress(address), parseAddress(netmask)];
  if (host === undefined || mask === undefined || host.width !== mask.width) return undefined;
  const prefix = mask.bits.toString(2).replaceAll('0', '').length;
  return { ...host, prefix };
}

/** True where every address of the inner network is one of the outer. */
export function isInside(inner: Network, outer: Network): boolean {
  if (inner.width !== outer.width || inner.prefix < outer.prefix) return false;
  const shift = BigInt(outer.width - outer.prefix);
  return inner.bits >> shift === outer.bits >> shift;
}

type Address = Pick<Network, 'width' | 'bits'>;

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseLong(text) : parseShort(text);
}

function parseShort(text: string): Address | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return undefined;
  return { width: 32, bits: join(octets, 8n) };
}

// Eight groups, of which one run of zeros may be written as `::`, and the last two as IPv4.
function parseLong(text: string): Address | undefined {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = embedded && parseShort(embedded[2] ?? '');
  if (embedded && !tail) return undefined;
  const written = tail
    ? `${embedded?.[1]}${(tail.bits >> 16n).toString(16)}:${(tail.bits & 0xffffn).toString(16)}`
    : text;
  const [head = '', rest, ...more] = written.split('::');
  const [front, back] = [groupsOf(head), groupsOf(rest ?? '')];
  const missing = 8 - front.length - back.length;
  if (more.length > 0 || (rest === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return {
    width: 128,
    bits: join(
      groups.map((group) => Number.parseInt(group, 16)),
      16n,
    ),
  };
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

function join(parts: readonly number[], size: bigint): bigint {
  return parts.reduce((bits, part) => (bits << size) | BigInt(part), 0n);
}
