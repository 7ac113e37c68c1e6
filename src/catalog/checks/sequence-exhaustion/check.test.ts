// A sequence near its end is found by what its narrowest column holds, wherever it may be read.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect } from '../../../../test/harness/servers.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'sequence-exhaustion';
const grant = 'grant select on all sequences in schema public to pgrunbook_monitor';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table orders (id int generated always as identity)');
  const { reason } = await skips('cannot-tell');
  assert.match(reason ?? '', /grant select on all sequences in schema public to "pgrunbook_mon/);
  await admin.query(grant);
  assert.equal((await isOk()).examined, 1);

  await admin.query(`select setval('orders_id_seq', 1610612736)`);
  const [warning] = await finds(['public.orders_id_seq']);
  assert.equal(warning?.severity, 'warning');
  assert.equal(
    warning.summary,
    'public.orders_id_seq has used 75 % of its numbers, 536,870,911 are left for ' +
      'public.orders.id (integer)',
  );
  await admin.query(`select setval('orders_id_seq', 2147483646)`);
  const [critical] = await finds(['public.orders_id_seq']);
  assert.equal(critical?.severity, 'critical');
  assert.equal(critical.evidence['numbers_left'], 1);
  await admin.query(`select setval('orders_id_seq', 1610000000)`);
  await isOk();
});

checkTest(id, { title: 'the narrowest column counts' }, async ({ admin, finds }) => {
  await admin.query(`
    create domain code as smallint;
    create schema "Ümlaut";
    create table "Ümlaut"."Straße 🚗" ("Key" smallserial);
    create sequence wide;
    create table one (id bigint default nextval('wide'));
    create table two (id int default nextval('wide'));
    create sequence coded;
    create table three (id code default nextval('coded'));
    create table four (id bigserial);
    create sequence bounded maxvalue 100;
    create table five (id bigint default nextval('bounded'));
    create sequence unowned as int;
    select setval('"Ümlaut"."Straße 🚗_Key_seq"', 32000), setval('wide', 2147483647),
      setval('coded', 30000), setval('four_id_seq', 2147483647), setval('bounded', 95),
      setval('unowned', 2100000000);
    ${grant}`);
  await admin.query('grant select on all sequences in schema "Ümlaut" to pgrunbook_monitor');
  const found = await finds([
    'public.wide',
    '"Ümlaut"."Straße 🚗_Key_seq"',
    'public.coded',
    'public.bounded',
    'public.unowned',
  ]);
  assert.equal(found[0]?.evidence['column'], 'public.two.id');
  assert.equal(found[0]?.evidence['numbers_left'], 0);
  assert.equal(found[1]?.evidence['column'], '"Ümlaut"."Straße 🚗"."Key"');
  assert.equal(found[2]?.evidence['last_number'], 32767);
  assert.equal(found[4]?.evidence['column'], null);
});

checkTest(id, { title: 'downwards, in steps, in circles' }, async ({ admin, finds }) => {
  await admin.query(`
    create sequence down increment -1 minvalue -100;
    create sequence steps increment 10 maxvalue 100;
    create sequence circle maxvalue 100 cycle;
    create sequence falls cycle;
    create table narrow (id int default nextval('falls'));
    create sequence shifted as int minvalue -2147483648;
    select setval('down', -95), setval('steps', 91), setval('circle', 99),
      setval('falls', 2147483000), setval('shifted', 1);
    create temporary sequence fleeting maxvalue 10;
    select setval('fleeting', 10);
    ${grant}`);
  const [down, steps] = await finds(['public.down', 'public.steps', 'public.falls']);
  assert.equal(down?.evidence['numbers_left'], 5);
  assert.equal(steps?.evidence['numbers_left'], 0);
});

checkTest(id, { title: 'those that may not be read' }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create role visitor login;
    create table hidden (id serial);
    create table seen (id serial);
    select setval('hidden_id_seq', 2147483647), setval('seen_id_seq', 1);
    grant usage on sequence seen_id_seq to visitor`);
  const [untold] = await finds(['app'], { user: 'visitor' });
  assert.equal(untold?.severity, 'info');
  assert.match(
    untold.summary,
    /^the last value of 1 sequence may not be read: grant select on all/,
  );
  await admin.query('grant usage on sequence hidden_id_seq to visitor');
  await finds(['public.hidden_id_seq'], { user: 'visitor' });
  await admin.query('drop table hidden');
  assert.equal((await isOk({ user: 'visitor' })).examined, 1);
});

checkTest(id, { title: 'unlogged on a standby', majors: [15, 18] }, async (world) => {
  const { t, admin, server, finds, skips } = world;
  await admin.query(`
    create unlogged table fast (id serial);
    select setval('fast_id_seq', 2147483647);
    ${grant}`);
  await finds(['public.fast_id_seq']);
  const standby = await startStandby(t, server);
  await untilStreaming(await connect(t, server));
  await skips('nothing-to-examine', { server: standby });
});
