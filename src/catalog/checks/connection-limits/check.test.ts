// A role and a database near a limit of their own are found; no limit and limit zero are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { untilGone } from '../../../../test/harness/waiting.ts';

const id = 'connection-limits';

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await admin.query('create role "Shop 🛒" login connection limit 5; create role free login');
  await admin.query('create role locked login connection limit 0');
  await admin.query('alter role postgres connection limit 1');
  const { examined } = await isOk();
  assert.equal(examined, 1);

  const shop = { user: 'Shop 🛒' };
  const open = await Promise.all([1, 2, 3, 4].map(() => session(shop)));
  await session({ user: 'free' });
  const [warning] = await finds(['role Shop 🛒']);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /has 4 of the 5 sessions it may have \(80 %\)/);
  const last = await session(shop);
  const [critical] = await finds(['role Shop 🛒']);
  assert.equal(critical?.severity, 'critical');

  await admin.query('alter role "Shop 🛒" connection limit -1');
  await skips('nothing-to-examine');
  // Nine of ten: the admin, free, five of the shop and the two of the inspection.
  await admin.query('alter database app connection limit 10');
  await untilGone(admin, 'pgrunbook');
  await finds(['database app']);
  await Promise.all([...open, last].map((client) => client.end()));
  await admin.query('alter database app connection limit 100');
  await isOk();
});
