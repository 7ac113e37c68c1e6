// SECURITY DEFINER functions with their caller's search_path are found; safe ones are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'security-definer-search-path';

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role app login;
    create role owner;
    create table public.rights (allowed boolean);
    insert into public.rights values (false);
    create function public.may() returns boolean language sql security definer
      as 'select allowed from rights limit 1'`);
  const [found] = await finds(['public.may()']);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /rights of superuser postgres and takes its caller's search_path/);
  // Anybody redirects it.
  const app = await session({ user: 'app' });
  await app.query('create temporary table rights as select true as allowed');
  await app.query('grant select on rights to public');
  const may = async () => (await app.query('select public.may() as may')).rows[0].may;
  assert.equal(await may(), true);

  await admin.query('alter function public.may() set search_path = public');
  const [half] = await finds(['public.may()']);
  assert.equal(half?.severity, 'info');
  assert.equal(await may(), true);
  await admin.query('alter function public.may() set search_path = public, pg_temp');
  assert.equal(await may(), false);
  await isOk();
});

checkTest(id, { title: 'severity and safe kinds', majors: [14, 18] }, async (world) => {
  const { admin, finds, skips } = world;
  await admin.query(`
    create role owner;
    create function called() returns int language sql security definer
      begin atomic select 1; end;
    create function invoked() returns int language sql as 'select 1'`);
  // The body was resolved when the function was made.
  await skips('nothing-to-examine');
  await admin.query(`
    create function old() returns int language sql security definer as 'select 1';
    revoke execute on function old() from public;
    create function lent() returns int language sql security definer as 'select 1';
    alter function lent() owner to owner;
    create function empty() returns int language sql security definer set search_path = ''
      as 'select 1'`);
  const found = await finds(['public.old()', 'public.lent()']);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['warning', 'warning'],
  );
});
