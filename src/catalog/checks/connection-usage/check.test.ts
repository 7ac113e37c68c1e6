// Slots fill up: found at 80 % of what ordinary roles can get, not of max_connections.
import assert from 'node:assert/strict';
import { checkTest, type World } from '../../../../test/harness/check-scenario.ts';
import { untilGone } from '../../../../test/harness/waiting.ts';

const id = 'connection-usage';

checkTest(
  id,
  { settings: { max_connections: '20', superuser_reserved_connections: '4' } },
  async (world) => {
    const { admin, isOk, finds } = world;
    await admin.query('create role checkout login');
    await isOk();

    // Two of the harness and two of the inspection come on top: 13 of 16, but of 20 only 65 %.
    const open = await openSessions(world, 9, 'checkout');
    await untilGone(admin, 'pgrunbook');
    const [warning] = await finds(['server']);
    assert.equal(warning?.severity, 'warning');
    assert.match(warning.summary, /^13 of 16 .*\(81.3 %\)$/);
    assert.equal(warning.evidence['by_application'], 'shop 9, pgrunbook 2, admin 1, test 1');

    const more = await openSessions(world, 2, 'checkout');
    const [critical] = await finds(['server']);
    assert.equal(critical?.severity, 'critical');
    assert.equal(critical.fingerprint, warning.fingerprint);

    await Promise.all([...open, ...more].map((client) => client.end()));
    await untilGone(admin, 'shop');
    await isOk();
  },
);

checkTest(
  id,
  {
    title: 'slots reserved for a role are none for the rest',
    majors: [16, 17, 18],
    settings: { max_connections: '20', reserved_connections: '9' },
  },
  async (world) => {
    await world.admin.query('create role checkout login');
    await openSessions(world, 3, 'checkout');
    const [finding] = await world.finds(['server']);
    assert.equal(finding?.evidence['usable_slots'], 8);
    assert.equal(finding.evidence['reserved_connections'], 9);
  },
);

checkTest(id, { title: 'a role that sees nobody', majors: [14, 18] }, async (world) => {
  await world.admin.query('create role stranger login');
  const { reason } = await world.skips('needs-privilege', { user: 'stranger' });
  assert.match(reason ?? '', /pg_monitor/);
});

async function openSessions({ session }: World, count: number, user: string) {
  const options = { user, application_name: 'shop' };
  return Promise.all(Array.from({ length: count }, () => session(options)));
}
