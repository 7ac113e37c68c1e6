// Encrypts a connection by the rules of sslmode: asks the server, shakes hands, verifies.
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { getCACertificates, connect as secure, type TLSSocket } from 'node:tls';
import { RunbookError } from '../../kernel/errors.ts';
import { nameMismatch } from './certificate-name.ts';
import type { ResolvedHost, ResolvedTarget } from './resolved-target.ts';
import { connectionClosed, readBytes } from './server-socket.ts';

// The SSLRequest message: its length, and the code 1234.5679 in place of a protocol version.
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Asks whether the server does TLS. Throws unsupported/server for any other answer. */
export async function askForTls(socket: Socket, where: string): Promise<boolean> {
  socket.write(sslRequest);
  const answer = await readBytes(socket, 1);
  const word = answer.toString('latin1', 0, 1);
  // Bytes behind the answer came before encryption: somebody between us may have put them there.
  if (answer.length === 1 && word === 'S') return true;
  if (answer.length === 1 && word === 'N') return false;
  const what = `${where} did not answer the request for TLS as PostgreSQL does`;
  if (word !== 'E') throw new RunbookError('unsupported/server', { what });
  throw new RunbookError('unreachable/connect', {
    what: `${where} answered the request for TLS with an error`,
    why: 'The message came unencrypted from a server not verified yet, so it is not shown.',
    remedy: "See the server's log; a server without processes or memory to spare answers so.",
  });
}

/** The error of a server that declines TLS where sslmode demands it. */
export function tlsDeclined(target: ResolvedTarget, where: string): RunbookError {
  return new RunbookError('denied/tls', {
    what: `${where} does not support TLS, but sslmode=${target.sslmode} demands it`,
    remedy: 'Turn ssl on at the server, or choose sslmode=prefer to connect without it.',
  });
}

/** A handshake that failed on either side; sslmode=prefer goes on without TLS after it. */
export class HandshakeFailure extends RunbookError {}

/** The encrypted stream. Throws a HandshakeFailure that names the rule, or a timeout. */
export async function encrypt(
  socket: Socket,
  host: ResolvedHost,
  target: ResolvedTarget,
): Promise<TLSSocket> {
  const files = target.tls.files();
  if (files.problem !== undefined) throw tlsFailed(target, files.problem);
  const isVerified = files.root !== undefined;
  let mismatch: string | undefined;
  const open = () =>
    secure({
      socket,
      rejectUnauthorized: isVerified,
      ...(isVerified ? { ca: authorities(files.root) } : {}),
      ...(files.revoked === undefined ? {} : { crl: files.revoked }),
      ...(files.certificate === undefined ? {} : { cert: files.certificate }),
      ...(files.key === undefined ? {} : { key: files.key }),
      ...(files.passphrase === undefined ? {} : { passphrase: files.passphrase }),
      ...(target.tls.min_version && { minVersion: target.tls.min_version }),
      ...(target.tls.max_version && { maxVersion: target.tls.max_version }),
      ...(sendsName(host, target) ? { servername: host.host } : {}),
      checkServerIdentity: (_host, certificate) => {
        if (target.sslmode !== 'verify-full') return undefined;
        mismatch = nameMismatch(host.host, certificate as CertificateText);
        return mismatch === undefined ? undefined : new Error(mismatch);
      },
    });
  try {
    return await handshake(open());
  } catch (error) {
    throw explainFailure(target, error, mismatch);
  }
}

// Node's type says that every part of a subject is there; a certificate may lack any of them.
type CertificateText = Parameters<typeof nameMismatch>[1];

// RFC 6066 allows names only; libpq takes for an address what has a colon or only digits and dots.
function sendsName({ host }: ResolvedHost, { tls }: ResolvedTarget): boolean {
  return tls.sendsServerName && host !== '' && isIP(host) === 0 && !/^[\d.]*$|:/.test(host);
}

function authorities(root: string | undefined): string[] {
  if (root === undefined) return [];
  return root === 'system' ? getCACertificates('system') : [root];
}

function handshake(stream: TLSSocket): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(stream.errored ?? connectionClosed());
    stream.once('error', reject).once('close', onClose);
    stream.once('secureConnect', () => {
      stream.off('error', reject).off('close', onClose);
      stream.on('error', () => undefined);
      resolve(stream);
    });
  });
}

const reasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet",
  CERT_REVOKED: "the server's certificate has been revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate comes from an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT: "the server's certificate comes from an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate comes from an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate comes from an unknown authority",
  UNABLE_TO_GET_CRL: 'no revocation list of its authority is in the sslcrl file',
};

function explainFailure(target: ResolvedTarget, error: unknown, mismatch?: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ETIMEDOUT') return error;
  return tlsFailed(target, mismatch ?? reasons[code] ?? error.message.trim(), error);
}

function tlsFailed(target: ResolvedTarget, reason: string, cause?: unknown): RunbookError {
  const { root_path, root } = target.tls.files();
  const mode = `sslmode=${target.sslmode}`;
  const isAsked = root === undefined || target.sslmode.startsWith('verify');
  const rule = isAsked
    ? `${mode} is in force.`
    : `${root_path} exists: ${mode} then verifies the authority, as verify-ca does.`;
  return new HandshakeFailure('denied/tls', {
    what: `the TLS handshake failed: ${reason}`,
    why: rule,
    remedy:
      "Correct the certificate, or the file that sslrootcert names: it holds the authority's.",
    cause,
  });
}
