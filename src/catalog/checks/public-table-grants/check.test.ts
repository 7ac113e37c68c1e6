// Relations granted to PUBLIC are found; those of extensions and of the system are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('public-table-grants', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role "a=b, c";
    create table orders (id int);
    create view seen as select * from orders;
    grant select on orders to "a=b, c"`);
  await isOk();

  await admin.query(`
    grant select on seen to public;
    grant select, insert, truncate on orders to public`);
  const [orders, seen] = await finds(['public.orders', 'public.seen']);
  assert.equal(orders?.severity, 'warning');
  assert.equal(orders.summary, 'every role has INSERT, SELECT, TRUNCATE on public.orders');
  assert.equal(seen?.severity, 'info');

  // The name of the grantor is quoted in the list of grants.
  await admin.query(`
    revoke all on seen, orders from public;
    alter table orders owner to "a=b, c";
    grant update on orders to public`);
  await finds(['public.orders']);
  await admin.query('revoke all on orders from public');
  await isOk();
});
