// A table past its own freezing limit is found, its TOAST table apart, and frozen ones are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { burnTransactionIds } from '../../../../test/harness/transaction-ids.ts';

const id = 'transaction-id-age-of-tables';
const hostile = '"Odd ""Näme 🐘"';

checkTest(id, { settings: { autovacuum: 'off' } }, async ({ admin, isOk, finds }) => {
  // The smallest limit a table may have is 100,000: shares of it make the test short.
  await admin.query(`create table ${hostile} (id int, body text)
    with (autovacuum_freeze_max_age = 100000, toast.autovacuum_freeze_max_age = 100000)`);
  await admin.query(`create table parted (id int) partition by range (id)`);
  await isOk();

  await burnTransactionIds(admin, 1_500);
  const look = { thresholds: { warning_percent: 1 } };
  const object = `public.${hostile}`;
  const [found, toast] = await finds([object, `${object} (TOAST)`], look);
  assert.equal(found?.severity, 'warning');
  assert.equal(found.evidence['limit_xids'], 100_000);
  assert.match(toast?.summary ?? '', /^the TOAST table of/);

  await admin.query(`vacuum (freeze) ${hostile}`);
  await isOk(look);
});
