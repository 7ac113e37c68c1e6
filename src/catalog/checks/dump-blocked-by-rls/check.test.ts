// A database that no role can dump is found; a role for backups cures it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'dump-blocked-by-rls';
// As on a managed server: the only superuser is the provider's.
const managed = { thresholds: { provider_superusers: ['postgres'] } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine', managed);
  await admin.query(`
    create role owner login;
    create role backup login;
    create table orders (tenant_id int);
    create table items (tenant_id int);
    alter table orders owner to owner;
    alter table items owner to owner;
    alter table orders enable row level security;
    alter table items enable row level security;
    create policy tenant on orders using (tenant_id = 1);
    create policy tenant on items using (tenant_id = 1)`);
  // Not forced: the owner can dump them. And a superuser of one's own always can.
  await isOk(managed);
  await admin.query('alter table orders force row level security');
  await isOk();

  const [found] = await finds(['app'], managed);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /no login role can dump 2 tables with row security/);
  const [backed] = await finds(['app'], { ...managed, baselines: { has_managed_backup: true } });
  assert.equal(backed?.severity, 'warning');

  await admin.query('alter role backup bypassrls');
  const [partly] = await finds(['app'], managed);
  assert.match(partly?.summary ?? '', /backup may bypass it but not read all/);
  await admin.query('grant pg_read_all_data to backup');
  await isOk(managed);
});

checkTest(
  id,
  { title: 'a policy for the dump', majors: [14, 18] },
  async ({ admin, isOk, finds }) => {
    await admin.query(`
    create role backup login;
    grant pg_read_all_data to backup;
    create table orders (tenant_id int);
    alter table orders enable row level security, force row level security;
    create policy tenant on orders using (tenant_id = 1);
    create policy dump on orders for select to backup using (tenant_id > 0)`);
    await finds(['app'], managed);
    await admin.query('alter policy dump on orders using (false)');
    await finds(['app'], managed);
    // With --enable-row-security the dump is whole where the policy shows every row.
    await admin.query('alter policy dump on orders using (true)');
    await isOk(managed);
  },
);
