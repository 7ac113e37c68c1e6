// Reads the certificate files of a TLS connection, by libpq's names, defaults and file checks.
import type { FileStatus, SslMode, Surroundings, TlsFiles } from './resolved-target.ts';
import { type Settings, settingValue } from './setting-values.ts';

const noFiles: TlsFiles = {
  problem: undefined,
  root_path: undefined,
  root: undefined,
  revoked: undefined,
  certificate: undefined,
  key: undefined,
  passphrase: undefined,
};

/** Never throws: a problem is kept until a server accepts TLS, for only then it matters. */
export async function readTlsFiles(
  settings: Settings,
  sslmode: SslMode,
  surroundings: Surroundings,
): Promise<TlsFiles> {
  const authority = await readRoot(settings, sslmode, surroundings);
  if (authority.problem !== undefined) return { ...noFiles, ...authority };
  const identity = await readIdentity(settings, surroundings);
  return { ...noFiles, ...authority, ...identity };
}

async function readRoot(
  settings: Settings,
  sslmode: SslMode,
  surroundings: Surroundings,
): Promise<Partial<TlsFiles>> {
  const root_path = pathOf(settings, 'sslrootcert', { surroundings, name: 'root.crt' });
  if (root_path === 'system') return { root_path, root: 'system' };
  const exists = root_path !== undefined && (await surroundings.fileStatus(root_path));
  if (root_path === undefined || !exists) {
    const isDemanded = sslmode === 'verify-ca' || sslmode === 'verify-full';
    const problem = `root certificate file ${root_path ?? '~/.postgresql/root.crt'} does not exist`;
    return isDemanded ? { root_path, problem } : { root_path };
  }
  const root = await surroundings.readFile(root_path);
  if (root === undefined || !root.includes('-----BEGIN')) {
    return { root_path, problem: `root certificate file ${root_path} could not be read` };
  }
  const crl_path = pathOf(settings, 'sslcrl', { surroundings, name: 'root.crl' });
  const revoked = crl_path === undefined ? undefined : await surroundings.readFile(crl_path);
  return { root_path, root, revoked };
}

// A certificate that is not there is not sent, even where sslcert names it; its key must be there.
async function readIdentity(
  settings: Settings,
  surroundings: Surroundings,
): Promise<Partial<TlsFiles>> {
  const path = pathOf(settings, 'sslcert', { surroundings, name: 'postgresql.crt' });
  if (path === undefined || !(await surroundings.fileStatus(path))) return {};
  const certificate = await surroundings.readFile(path);
  if (!certificate?.includes('-----BEGIN')) {
    return { problem: `certificate file ${path} could not be read` };
  }
  const key_path = pathOf(settings, 'sslkey', { surroundings, name: 'postgresql.key' });
  const status = key_path === undefined ? undefined : await surroundings.fileStatus(key_path);
  if (key_path === undefined || !status?.isFile) {
    return { problem: `certificate ${path} has no private key file ${key_path ?? ''}`.trim() };
  }
  if (isExposed(status)) {
    return { problem: `private key file ${key_path} can be read by group or others: chmod 600` };
  }
  const key = await surroundings.readFile(key_path);
  if (key === undefined) return { problem: `private key file ${key_path} could not be read` };
  return { certificate, key, passphrase: settingValue(settings, 'sslpassword') || undefined };
}

// A key that root owns may be read by its group: that is how distributions share one.
function isExposed({ mode, owner }: FileStatus): boolean {
  return (mode & (owner === 0 ? 0o037 : 0o077)) !== 0;
}

function pathOf(
  settings: Settings,
  key: string,
  { surroundings, name }: { surroundings: Surroundings; name: string },
): string | undefined {
  const given = settingValue(settings, key);
  if (given !== '') return given;
  if (surroundings.home === undefined) return undefined;
  return `${surroundings.home}/.postgresql/${name}`;
}
