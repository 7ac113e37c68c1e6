// Does a server's certificate name the host we asked for? libpq's rules for sslmode=verify-full.
import { isIP, SocketAddress } from 'node:net';

/** What Node tells of a certificate: its subject and alternative names. */
export interface CertificateNames {
  readonly subject?: { readonly CN?: string | readonly string[] };
  /** "DNS:a.example, IP Address:192.0.2.1"; names with odd characters are quoted. */
  readonly subjectaltname?: string;
}

/**
 * Why the certificate is not the host's; undefined where it is. The common name counts only
 * where the certificate holds no alternative name of the host's own kind.
 */
export function nameMismatch(host: string, certificate: CertificateNames): string | undefined {
  if (host === '') return 'sslmode=verify-full needs a host name, and only hostaddr was given';
  const wantsAddress = isIP(host) !== 0;
  const alternatives = readAlternatives(certificate.subjectaltname ?? '');
  const isMatch = alternatives.some(({ kind, name }) =>
    kind === 'DNS' ? matchesName(name, host) : sameAddress(name, host),
  );
  if (isMatch) return undefined;
  const isCommonNameUsed = !alternatives.some(({ kind }) => (kind === 'DNS') !== wantsAddress);
  const common = [certificate.subject?.CN ?? []].flat()[0];
  if (isCommonNameUsed && common !== undefined && matchesName(common, host)) return undefined;
  const names = alternatives.map(({ name }) => name);
  if (isCommonNameUsed && common !== undefined) names.push(common);
  return `the certificate is for ${names.join(', ') || 'no name'}, not for ${host}`;
}

interface Alternative {
  readonly kind: 'DNS' | 'address';
  readonly name: string;
}

function readAlternatives(text: string): readonly Alternative[] {
  const entries = text.matchAll(/(?:^|, )(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return Array.from(entries, ([, kind, name = '']) => ({
    kind: kind === 'DNS' ? 'DNS' : 'address',
    name,
  }));
}

// A wildcard stands for one whole label and only in front: *.example.com.
function matchesName(pattern: string, host: string): boolean {
  const [wanted, found] = [pattern.toLowerCase(), host.toLowerCase()];
  if (wanted === found) return true;
  if (!wanted.startsWith('*.')) return false;
  const dot = found.indexOf('.');
  return dot > 0 && found.slice(dot) === wanted.slice(1);
}

function sameAddress(name: string, host: string): boolean {
  const canonical = (address: string) => {
    const family = isIP(address);
    if (family === 0) return undefined;
    return new SocketAddress({ address, family: family === 4 ? 'ipv4' : 'ipv6' }).address;
  };
  const address = canonical(name);
  return address !== undefined && address === canonical(host);
}
