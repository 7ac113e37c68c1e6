// Switches TLS on at a running test server, with a certificate made for it.
import { execFile } from 'node:child_process';
import { chmod, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EmbeddedServer } from '../../src/adapters/embedded/start-server.ts';
import type { World } from './check-scenario.ts';
import { until } from './servers.ts';

/** Gives the server a self-signed certificate and waits until new sessions see ssl = on. */
export async function switchTlsOn(world: Pick<World, 'admin' | 'server' | 'session'>) {
  await giveCertificate(world.server);
  await configure(world, 'ssl', 'on');
}

/** Changes a setting of the file and waits until new sessions have it. */
export async function configure(
  { admin, session }: Pick<World, 'admin' | 'session'>,
  name: string,
  value: string,
): Promise<void> {
  await admin.query(`alter system set ${name} = '${value}'`);
  await admin.query('select pg_reload_conf()');
  await until(`new sessions see ${name} = ${value}`, async () => {
    const { rows } = await (await session()).query(`select current_setting('${name}') as value`);
    return rows[0].value === value;
  });
}

async function giveCertificate({ data, installation }: EmbeddedServer): Promise<void> {
  const [key, certificate] = [join(data, 'server.key'), join(data, 'server.crt')];
  const made = ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  await promisify(execFile)('openssl', [
    ...made,
    ...['-subj', '/CN=localhost', '-keyout', key, '-out', certificate],
  ]);
  await chmod(key, 0o600);
  const { uid, gid, is_other_user } = installation.owner;
  if (is_other_user) await Promise.all([key, certificate].map((file) => chown(file, uid, gid)));
}
