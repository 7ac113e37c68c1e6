// Connection strings that are wrong: what is said, and that no password is ever shown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveTarget } from '../../src/adapters/postgres/resolve-target.ts';
import type { Surroundings } from '../../src/adapters/postgres/resolved-target.ts';
import { asRunbookError, type RunbookError } from '../../src/kernel/errors.ts';

const nowhere: Surroundings = {
  env: {},
  home: '/home/ann',
  user: 'ann',
  socket_directory: '/var/run/postgresql',
  readFile: async () => undefined,
  fileStatus: async () => undefined,
};

async function refusal(text: string, env: Surroundings['env'] = {}): Promise<RunbookError> {
  return resolveTarget(text, { ...nowhere, env }).then(
    () => assert.fail(`${text} was accepted`),
    (thrown) => asRunbookError(thrown),
  );
}

describe('a misspelt setting', () => {
  const misspelt = {
    hosst: 'host',
    'user name': undefined,
    sslmod: 'sslmode',
    db_name: 'dbname',
    databse: undefined,
    conect_timeout: 'connect_timeout',
  };
  for (const [written, meant] of Object.entries(misspelt)) {
    it(`${written} ${meant ? `suggests ${meant}` : 'suggests nothing far-fetched'}`, async () => {
      const error = await refusal(`${written}=x`);
      assert.equal(error.code, 'usage/connection-string');
      if (meant) assert.equal(error.remedy, `Did you mean ${meant}?`);
      else assert.doesNotMatch(error.remedy ?? '', /Did you mean/);
    });
  }

  it('is not mistaken for a property that every object has', async () => {
    assert.equal((await refusal('constructor=x')).code, 'usage/connection-string');
    assert.equal((await refusal('postgresql://h/d?__proto__=x')).code, 'usage/connection-string');
  });
});

describe('a setting of an application pool', () => {
  const places = {
    pool_size: /DATABASE_POOL_SIZE/,
    connection_limit: /DATABASE_POOL_SIZE/,
    max_overflow: /DATABASE_MAX_OVERFLOW/,
    pool_timeout: /DATABASE_POOL_TIMEOUT/,
    pool_recycle: /DATABASE_POOL_RECYCLE/,
    pool_pre_ping: /engine/,
    pgbouncer: /driver/,
    schema: /search_path/,
  };
  for (const [key, place] of Object.entries(places)) {
    it(`${key} is sent where it belongs`, async () => {
      for (const text of [`postgresql://h/d?${key}=1`, `host=h ${key}=1`]) {
        const error = await refusal(text);
        assert.equal(error.code, 'usage/pool-setting-in-url');
        assert.match(error.remedy ?? '', place);
        assert.match(error.message, new RegExp(`^${key} `));
      }
    });
  }
});

describe('a password', () => {
  const secret = 'Tr0ub4dor';
  const wrong = [
    `postgresql://ann:${secret}`,
    `postgresql://ann:${secret}/x@h/d`,
    `postgresql://ann:x/?${secret}@h/d`,
    `postgresql://ann:x/?a=${secret}@h/d`,
    `postgresql://ann:x@${secret}@h/d`,
    `postgresql://ann:x@[${secret}@h/d`,
    `postgresql://ann:${secret}%@h/d`,
    `postgresql://ann:${secret}@h/d?sslmode=x`,
    `postgresql://ann:${secret}@h:port/d`,
    `postgresql://ann:${secret}@h/d?hots=x`,
    `postgresql://h/d?password=${secret}&a`,
    `postgresql://h/d?password=${secret}=`,
    `postgresql+asyncpg://ann:${secret}@h/d`,
    `postgresql+asyncpg://ann:${secret}@h/d?ssl=true`,
    `jdbc:postgresql://h/d?user=ann&password=${secret}`,
    `mysql://ann:${secret}@h/d?x=1`,
    `ann:${secret}@h/d`,
    `ann:${secret}@h/d?sslmode=require`,
    `password=${secret} port=x`,
    `password=x ${secret}`,
    `password=x ${secret}=y`,
    `password='${secret}`,
    `password='x'${secret}=y`,
    `host=h password = x ${secret}`,
    `password=${secret} sslmode=x`,
    `password=${secret} gssencmode=require`,
    `password=${secret} service=none`,
    `port=${secret}`,
    `sslmode=${secret}`,
    `connect_timeout=${secret}`,
    `target_session_attrs=${secret}`,
  ];
  for (const text of wrong) {
    it(`is not shown by the error of ${text}`, async () => {
      const error = await refusal(text);
      assert.match(error.code, /^(usage|unsupported)\//);
      const shown = [error.message, error.why, error.remedy, error.stack].join(' ');
      assert.ok(!shown.includes(secret), shown);
    });
  }
});

describe('a setting that is known and not supported', () => {
  const unsupported = [
    ['gssencmode=require', {}],
    ['replication=database', {}],
    ['require_auth=scram-sha-256', {}],
    ['sslcrldir=/crl', {}],
    ['sslnegotiation=direct', {}],
    ['', { PGREQUIREAUTH: 'scram-sha-256' }],
    ['host=@abstract', {}],
  ] as const;
  for (const [text, env] of unsupported) {
    it(`${text} ${JSON.stringify(env)} is refused, never ignored`, async () => {
      assert.equal((await refusal(text, env)).code, 'unsupported/connection-setting');
    });
  }

  it('is accepted with the value that changes nothing', async () => {
    const text =
      'gssencmode=disable sslnegotiation=postgres load_balance_hosts=disable replication=0';
    assert.equal((await resolveTarget(text, nowhere)).user, 'ann');
  });
});

it('text that is neither a target nor a connection string is told so', async () => {
  const error = await refusal('prod');
  assert.equal(error.code, 'usage/unknown-target');
  assert.match(error.message, /"prod"/);
});
