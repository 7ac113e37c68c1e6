// A password that ends soon is told in time; one that ended counts where the role is used.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'role-password-expiring';
const valid = (role: string, days: number) =>
  `do $$ begin execute format('alter role ${role} valid until %L',
     now() + interval '${days} days'); end $$`;

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  await admin.query(`
    create role app login;
    create role for_ever login valid until 'infinity';
    create role team nologin valid until '2001-01-01'`);
  await admin.query(valid('app', 8));
  await isOk();

  await admin.query(valid('app', 6));
  const [soon] = await finds(['app']);
  assert.equal(soon?.severity, 'warning');
  assert.match(soon.summary, /the password of app expires in 6 d/);

  await admin.query(valid('app', -3));
  const [unused] = await finds(['app']);
  assert.equal(unused?.severity, 'info');
  const [declared] = await finds(['app'], { baselines: { application_roles: ['app'] } });
  assert.equal(declared?.severity, 'critical');
  await session({ user: 'app' });
  const [used] = await finds(['app']);
  assert.equal(used?.severity, 'critical');
  assert.match(used.summary, /expired 3 d ago, while it has 1 session/);

  await admin.query(`alter role app valid until 'infinity'`);
  await isOk();
});
