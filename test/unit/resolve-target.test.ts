// A resolved target: where each value came from, and what libpq's client of version 15 cannot tell.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { resolveTarget } from '../../src/adapters/postgres/resolve-target.ts';
import type { Surroundings } from '../../src/adapters/postgres/resolved-target.ts';

const secret = 'Tr0ub4dor';

interface Place {
  readonly env?: Surroundings['env'];
  readonly files?: Readonly<Record<string, string>>;
  readonly mode?: number;
}

function surroundings({ env = {}, files = {}, mode = 0o600 }: Place): Surroundings {
  return {
    env,
    home: '/home/ann',
    user: 'ann',
    socket_directory: '/var/run/postgresql',
    readFile: async (path) => files[path],
    fileStatus: async (path) =>
      files[path] === undefined ? undefined : { isFile: true, mode, owner: 1_000 },
  };
}

async function originOf(text: string | undefined, key: string, place: Place = {}) {
  const { explain } = await resolveTarget(text, surroundings(place));
  const found = explain.find(({ setting }) => setting === key);
  return found && [found.value, found.source];
}

describe('where a value came from', () => {
  it('is told for text, environment, service, passfile and default', async () => {
    const files = {
      '/home/ann/.pg_service.conf': '[prod]\nhost=db\n',
      '/home/ann/.pgpass': `*:*:*:*:${secret}\n`,
    };
    const place = { env: { PGPORT: '6543' }, files };
    assert.deepEqual(await originOf('postgresql://bob@h/d', 'user'), ['bob', 'URI']);
    assert.deepEqual(await originOf('user=bob', 'user'), ['bob', 'DSN']);
    assert.deepEqual(await originOf('service=prod', 'host', place), [
      'db',
      'service prod in /home/ann/.pg_service.conf',
    ]);
    assert.deepEqual(await originOf('', 'port', place), ['6543', 'environment variable PGPORT']);
    assert.deepEqual(await originOf('', 'password', place), ['********', '/home/ann/.pgpass']);
    assert.deepEqual(await originOf('', 'sslmode'), ['prefer', 'default']);
    assert.deepEqual(await originOf(undefined, 'user'), ['ann', 'operating system user']);
    assert.deepEqual(await originOf(undefined, 'dbname'), ['ann', 'name of the user']);
    assert.deepEqual(await originOf(undefined, 'host'), ['/var/run/postgresql', 'default']);
  });

  it('says so where a setting has no effect', async () => {
    const origin = await originOf('client_encoding=LATIN1', 'client_encoding');
    assert.match(origin?.[1] ?? '', /^DSN; no effect: /);
  });
});

describe('a secret', () => {
  it('is in no printed form of the target', async () => {
    const files = {
      '/key': `-----BEGIN ${secret}`,
      '/crt': '-----BEGIN',
      '/pass': `*:*:*:*:${secret}`,
    };
    const texts = [
      `postgresql://ann:${secret}@h/d`,
      `password=${secret}`,
      `passfile=/pass`,
      `sslcert=/crt sslkey=/key sslpassword=${secret}`,
    ];
    for (const text of texts) {
      const target = await resolveTarget(text, surroundings({ files }));
      const printed = inspect(target, { depth: 9 }) + JSON.stringify(target);
      assert.ok(!printed.includes(secret), `${text} shows its secret`);
    }
  });

  it('reaches the connection all the same', async () => {
    const target = await resolveTarget(`password=${secret}`, surroundings({}));
    assert.equal(target.hosts[0]?.password(), secret);
  });
});

it('a passfile that others may read is not used, and that is told', async () => {
  const files = { '/home/ann/.pgpass': `*:*:*:*:${secret}\n` };
  const target = await resolveTarget('host=h', surroundings({ files, mode: 0o644 }));
  assert.equal(target.hosts[0]?.password(), undefined);
  assert.match(target.warnings.join(), /chmod 600 \/home\/ann\/\.pgpass/);
});

it('localhost in a passfile serves the default socket directory', async () => {
  const files = { '/home/ann/.pgpass': `localhost:5432:*:*:${secret}\n` };
  for (const text of ['', 'host=/var/run/postgresql', 'host=localhost', 'host=,other']) {
    const target = await resolveTarget(text, surroundings({ files }));
    assert.equal(target.hosts[0]?.password(), secret, text);
  }
});

describe('sslrootcert=system, as libpq 16 has it', () => {
  it('verifies the name where sslmode is not given', async () => {
    const target = await resolveTarget('host=h sslrootcert=system', surroundings({}));
    assert.equal(target.sslmode, 'verify-full');
    assert.equal(target.tls.files().root, 'system');
  });

  it('is refused with a weaker sslmode', async () => {
    const text = 'host=h sslrootcert=system sslmode=verify-ca';
    await assert.rejects(resolveTarget(text, surroundings({})), {
      code: 'usage/connection-string',
    });
  });
});

describe('connect_timeout', () => {
  const timeouts = {
    '': undefined,
    'connect_timeout=0': undefined,
    'connect_timeout=-5': undefined,
  };
  for (const [text, expected] of Object.entries({
    ...timeouts,
    'connect_timeout=1': 2_000,
    'connect_timeout=2': 2_000,
    'connect_timeout=" 7 "': undefined,
    "connect_timeout=' 7 '": 7_000,
  })) {
    it(`of ${text || 'nothing'} gives ${expected ?? 'none'}`, async () => {
      if (text.includes('"')) {
        await assert.rejects(resolveTarget(text, surroundings({})));
        return;
      }
      assert.equal((await resolveTarget(text, surroundings({}))).connect_timeout_ms, expected);
    });
  }
});
