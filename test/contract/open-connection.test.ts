// Connections to real servers, and to places that are none.
import assert from 'node:assert/strict';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Client } from 'pg';
import { type EmbeddedServer, startServer } from '../../src/adapters/embedded/start-server.ts';
import {
  type ConnectionRequest,
  openConnection,
} from '../../src/adapters/postgres/open-connection.ts';
import { processSurroundings } from '../../src/adapters/postgres/process-surroundings.ts';
import { resolveTarget } from '../../src/adapters/postgres/resolve-target.ts';
import type { ResolvedHost, Surroundings } from '../../src/adapters/postgres/resolved-target.ts';
import { until } from '../harness/servers.ts';
import { type Certificates, makeCertificates } from './certificates.ts';

const request: ConnectionRequest = { application_name: 'pgrunbook', deadline_ms: 10_000 };

async function open(text: string, more: Partial<ConnectionRequest & Surroundings> = {}) {
  const { env = {}, ...rest } = more;
  const target = await resolveTarget(text, {
    ...processSurroundings(process.env),
    home: undefined,
    env,
  });
  return openConnection(target, { ...request, ...rest });
}

let server: EmbeddedServer;
let folder = '';
let role = '';

before(async () => {
  server = await startServer({ major: 17, tcp: true, settings: { max_connections: '8' } });
  folder = await mkdtemp(join(tmpdir(), 'certificates-'));
  const certificates = await makeCertificates(folder);
  await writeFile(join(folder, 'root.crt'), certificates.files.get('authority') ?? '');
  await configure(server, certificates);
  role = `host=localhost hostaddr=127.0.0.1 port=${server.port} dbname=postgres user=ann`;
});

after(async () => {
  await server.stop('immediate');
  await rm(folder, { recursive: true });
});

describe('a server that asks for scram-sha-256 and speaks TLS', () => {
  it('lets the right password in, bound to the encrypted channel', async () => {
    for (const channel_binding of ['disable', 'prefer', 'require']) {
      const client = await open(`${role} password=right channel_binding=${channel_binding}`);
      const { rows } = await client.query(
        'select ssl, current_user::text as role from pg_stat_ssl where pid = pg_backend_pid()',
      );
      assert.deepEqual(rows, [{ ssl: true, role: 'ann' }]);
      await client.end();
    }
  });

  it('sends application_name and options as libpq does', async () => {
    const text = `${role} password=right options='-c work_mem=5MB' application_name=mine`;
    const client = await open(text, { env: { PGTZ: 'Asia/Tokyo' } });
    const { rows } = await client.query(
      `select current_setting('work_mem') as work_mem, current_setting('timezone') as timezone,
              current_setting('application_name') as application_name`,
    );
    assert.deepEqual(rows, [{ work_mem: '5MB', timezone: 'Asia/Tokyo', application_name: 'mine' }]);
    await client.end();
  });

  it('verifies a good certificate and its name', async () => {
    const verify = `sslmode=verify-full sslrootcert=${join(folder, 'root.crt')}`;
    const client = await open(`${role} password=right ${verify}`);
    await client.end();
    const other = role.replace('host=localhost', 'host=other.example');
    await assert.rejects(open(`${other} password=right ${verify}`), { code: 'denied/tls' });
  });
});

describe('a server that refuses', () => {
  it('says that a wrong password was denied, and does not show it', async () => {
    await assert.rejects(open(`${role} password=Tr0ub4dor`), (error: Error) => {
      assert.equal('code' in error && error.code, 'denied/authentication');
      assert.doesNotMatch(`${error.message} ${error.stack}`, /Tr0ub4dor/);
      return true;
    });
  });

  it('says that a password is missing', async () => {
    await assert.rejects(open(role), { code: 'denied/authentication', message: /none was given/ });
  });

  it('says that no rule lets an unencrypted connection in', async () => {
    await assert.rejects(open(`${role} password=right sslmode=disable`), {
      code: 'denied/authentication',
      why: /not encrypted/,
    });
  });

  it('says that the database does not exist', async () => {
    const text = role.replace('dbname=postgres', 'dbname=nowhere');
    await assert.rejects(open(`${text} password=right`), { code: 'usage/unknown-database' });
  });

  it('says that the role may not connect to the database', async () => {
    const text = role.replace('dbname=postgres', 'dbname=closed');
    await assert.rejects(open(`${text} password=right`), { code: 'denied/privilege' });
  });

  it('says that the server has no connection slot left', async () => {
    const clients: Client[] = [];
    try {
      await assert.rejects(
        async () => {
          while (clients.length < 20) clients.push(await open(`${role} password=right`));
        },
        { code: 'unreachable/full' },
      );
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });
});

describe('a connection', () => {
  it('stays open after the time allowed for connecting is over', async () => {
    const client = await open(`${role} password=right`, { deadline_ms: 400 });
    const { rowCount } = await client.query('select pg_sleep(0.6)');
    assert.equal(rowCount, 1);
    await client.end();
  });

  it('survives the end of a connection that nobody watches', async () => {
    const client = await open(`${role} password=right`);
    const ended = new Promise((resolve) => client.once('end', () => resolve(undefined)));
    await client.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await ended;
  });

  it('tells the address reached, so that the next connection goes there too', async () => {
    const lookup = async () => ['::1', '127.0.0.1'];
    const reached: ResolvedHost[] = [];
    const onConnected = (host: ResolvedHost) => reached.push(host);
    const text = role.replace('host=localhost hostaddr=127.0.0.1', 'host=db.example');
    const client = await open(`${text} password=right`, { lookup, onConnected });
    await client.end();
    assert.deepEqual(
      reached.map(({ host, hostaddr, kind }) => [host, hostaddr, kind]),
      [['db.example', '127.0.0.1', 'address']],
    );
  });

  it('finds a read-write server behind a closed port', async () => {
    const text = role.replace('host=localhost hostaddr=127.0.0.1', 'hostaddr=127.0.0.1,127.0.0.1');
    const ports = text.replace(/port=\d+/, `port=1,${server.port}`);
    const client = await open(`${ports} password=right target_session_attrs=read-write`);
    await client.end();
  });
});

async function configure(server: EmbeddedServer, certificates: Certificates): Promise<void> {
  const admin = await open(`host=${server.host} port=${server.port} user=postgres`);
  const good = certificates.issued.get('good');
  const rules = 'local all postgres trust\nhostssl all all all scram-sha-256\n';
  const files = { 'server.crt': good?.certificate, 'server.key': good?.key, 'pg_hba.conf': rules };
  const { uid, gid, is_other_user } = server.installation.owner;
  for (const [name, text] of Object.entries(files)) {
    const path = join(server.data, name);
    await writeFile(path, text ?? '', { mode: 0o600 });
    if (is_other_user) await chown(path, uid, gid);
  }
  await admin.query(`create role ann login password 'right'`);
  await admin.query('create database closed');
  await admin.query('revoke connect on database closed from public');
  await admin.query('alter system set ssl = on');
  await admin.query('select pg_reload_conf()');
  await until('ssl is on', async () => {
    const { rows } = await admin.query<{ ssl: string }>('show ssl');
    return rows[0]?.ssl === 'on';
  });
  await admin.end();
}

describe('a place without PostgreSQL', () => {
  let silent: Server;
  let port = 0;

  before(async () => {
    silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  after(() => silent.close());

  it('where nothing listens, names every address and why', async () => {
    const lookup = async () => ['127.0.0.1', '::1'];
    await assert.rejects(open('host=db.example port=1 user=ann', { lookup }), {
      code: 'unreachable/connect',
      message: /db\.example \(127\.0\.0\.1\), port 1 or db\.example \(::1\), port 1/,
      why: /nothing listens there/,
    });
  });

  it('where the name is unknown, says so', async () => {
    await assert.rejects(open('host=nowhere.invalid user=ann'), {
      code: 'unreachable/connect',
      why: /nowhere\.invalid, port 5432: the name/,
    });
  });

  it('where the socket is missing, names its path', async () => {
    await assert.rejects(open('host=/nowhere port=6543 user=ann'), {
      code: 'unreachable/connect',
      message: /\/nowhere\/\.s\.PGSQL\.6543/,
    });
  });

  it('where nothing answers, gives up when the deadline is over', async () => {
    const started_ms = performance.now();
    const text = `host=127.0.0.1 port=${port} user=ann`;
    await assert.rejects(open(text, { deadline_ms: 300 }), { code: 'unreachable/timeout' });
    const duration_ms = performance.now() - started_ms;
    assert.ok(duration_ms >= 290 && duration_ms < 1_500, `${duration_ms} ms`);
  });

  it('where the name server does not answer, gives up when the deadline is over', async () => {
    const lookup = () => new Promise<readonly string[]>(() => undefined);
    await assert.rejects(open('host=db.example user=ann', { lookup, deadline_ms: 300 }), {
      code: 'unreachable/timeout',
    });
  });
});
