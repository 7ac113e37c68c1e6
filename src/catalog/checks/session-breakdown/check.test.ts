// One application with most of the slots, and sessions without a name, are told; the rest is not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'session-breakdown';
const low = { minimum_sessions: 3, share_percent: 20 };

checkTest(id, { settings: { max_connections: '20' } }, async (world) => {
  const { admin, session, isOk, finds } = world;
  await admin.query('create role shop login');
  await isOk({ thresholds: low });
  const open = (count: number, application_name: string) =>
    Promise.all(Array.from({ length: count }, () => session({ user: 'shop', application_name })));

  await open(4, 'Shop "API"');
  const named = 'application Shop "API", shop@app';
  const [greedy] = await finds([named], { thresholds: low });
  assert.equal(greedy?.severity, 'info');
  assert.equal(greedy.evidence['share_percent'], 23.5);
  await isOk({ thresholds: { ...low, share_percent: 24 } });
  await isOk();

  const nameless = await open(5, ' ');
  for (const client of nameless) await client.query(`set application_name = ''`);
  const share = { ...low, share_percent: 90 };
  const [unnamed] = await finds(['role shop'], { thresholds: share });
  assert.match(unnamed?.summary ?? '', /^5 of 9 sessions of role shop give no application name$/);
  for (const client of nameless) await client.query(`set application_name = 'worker'`);
  await isOk({ thresholds: share });
});
