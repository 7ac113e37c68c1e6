// A client that waits for the only server connection is found in the console of a real PgBouncer.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startPgbouncer, withoutPgbouncer } from '../../../../test/harness/pgbouncer.ts';
import { connect, until } from '../../../../test/harness/servers.ts';

const id = 'pool-wait';

checkTest(id, { skip: withoutPgbouncer }, async ({ t, server, isOk, finds, skips }) => {
  const { reason } = await skips('needs-configuration');
  assert.match(reason ?? '', /PgBouncer/);
  const settings = { pool_mode: 'transaction', default_pool_size: '1' };
  const bouncer = await startPgbouncer(t, server, settings);
  const client = () => connect(t, bouncer, { database: 'app', user: 'shop' });
  const pgbouncer = () => connect(t, bouncer, { database: 'pgbouncer', user: 'console' });
  const atOnce = { pgbouncer, thresholds: { warning_wait: 0 } };
  await skips('nothing-to-examine', atOnce);

  const holder = await client();
  await holder.query('begin');
  await isOk(atOnce);
  const waiting = (await client()).query('select 1');
  const admin = await pgbouncer();
  await until('the second client waits', async () => {
    const { rows } = await admin.query('show pools');
    return rows.some(({ cl_waiting }) => cl_waiting === 1);
  });
  const [warning] = await finds(['pool postgres@app'], atOnce);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /^1 client of pool .* waits for one of 1 busy server connection,/);
  const most = { warning_wait: 0, critical_clients: 1 };
  const [critical] = await finds(['pool postgres@app'], { pgbouncer, thresholds: most });
  assert.equal(critical?.severity, 'critical');
  await isOk({ pgbouncer, thresholds: { warning_wait: 60_000 } });

  await holder.query('commit');
  await waiting;
  await isOk(atOnce);
});
