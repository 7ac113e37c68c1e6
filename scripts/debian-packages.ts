// The Debian packages that some tests use: installed where we are root, named where we are not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages = [
  { name: 'pgbouncer', program: '/usr/sbin/pgbouncer' },
  { name: 'openssl', program: '/usr/bin/openssl' },
  {
    name: 'prometheus-postgres-exporter',
    program: '/usr/bin/prometheus-postgres-exporter',
  },
] as const;

/** Tests whose program is still absent afterwards are skipped, and say so. */
export function installMissing(): void {
  const missing = packages.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    process.stdout.write(`Some tests will be skipped for want of packages: ${command}\n`);
    return;
  }
  process.stdout.write(`Installing what some tests use: ${missing.join(', ')}\n`);
  // RUNLEVEL keeps the packages from starting services of their own.
  const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  const args = command.split(' ').slice(1);
  const { status } = spawnSync('apt-get', args, { stdio: 'ignore', env });
  if (status !== 0) process.stdout.write(`Could not install them: ${command}\n`);
}
