// An unlogged table is found until it is logged, on its standby too; a temporary one is not meant.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect } from '../../../../test/harness/servers.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'table-unlogged';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table orders (id int); create temporary table fleeting (id int)');
  assert.equal((await isOk()).examined, 1);
  await admin.query(`
    create unlogged table "Fast 🚗" as select n from generate_series(1, 100) as n;
    analyze "Fast 🚗"`);
  const [found] = await finds(['public."Fast 🚗"']);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /^public."Fast 🚗" \(about 100 rows, 8 kB\) is unlogged: /);
  await isOk({ thresholds: { except: ['public."Fast 🚗"'] } });
  await admin.query('alter table "Fast 🚗" set logged');
  await isOk();
});

checkTest(id, { title: 'on a standby', majors: [14, 18] }, async ({ t, admin, server, finds }) => {
  await admin.query('create unlogged table fast (id int)');
  const standby = await startStandby(t, server);
  await untilStreaming(await connect(t, server));
  await finds(['public.fast'], { server: standby });
});
