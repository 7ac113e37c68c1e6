// A pool whose server connections are all in use is found; idle ones are no use of it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startPgbouncer, withoutPgbouncer } from '../../../../test/harness/pgbouncer.ts';
import { connect } from '../../../../test/harness/servers.ts';

const id = 'pool-saturation';

checkTest(id, { skip: withoutPgbouncer }, async ({ t, server, isOk, finds }) => {
  const bouncer = await startPgbouncer(t, server, {
    pool_mode: 'transaction',
    default_pool_size: '2',
    max_db_connections: '3',
  });
  const client = () => connect(t, bouncer, { database: 'app', user: 'shop' });
  const pgbouncer = () => connect(t, bouncer, { database: 'pgbouncer', user: 'console' });
  const [one, other] = [await client(), await client()];
  await one.query('begin');
  await isOk({ pgbouncer });

  await other.query('begin');
  const [critical] = await finds(['pool postgres@app'], { pgbouncer });
  assert.equal(critical?.severity, 'critical');
  assert.match(critical.summary, /^2 of 2 server connections .* are in use \(100 %\)$/);
  const low = { warning_percent: 60, critical_percent: 101 };
  const both = await finds(['pool postgres@app', 'database app'], { pgbouncer, thresholds: low });
  assert.deepEqual(
    both.map(({ severity }) => severity),
    ['warning', 'warning'],
  );

  // Both server connections stay open, and idle.
  await one.query('commit');
  await other.query('commit');
  await isOk({ pgbouncer });
});
