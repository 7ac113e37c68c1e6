// The end of the last partition is seen coming, and gaps are, whatever the type of the key.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'partition-next-missing';
const day_ms = 86_400_000;

/** Bounds of a partition, in days from today. */
function days(from: number, to: number): string {
  const day = (number: number) => new Date(Date.now() + number * day_ms).toISOString().slice(0, 10);
  return `for values from ('${day(from)}') to ('${day(to)}')`;
}

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query('create table "Events" (at timestamptz) partition by range (at)');
  await skips('nothing-to-examine');
  await admin.query(`create table present partition of "Events" ${days(-10, 10)}`);
  const [soon] = await finds(['public."Events"']);
  assert.equal(soon?.severity, 'warning');
  assert.match(
    soon.summary,
    /^the last partition of public."Events" ends in .* then inserts fail$/,
  );
  await isOk({ thresholds: { warning_ahead: 5 * day_ms } });
  const [critical] = await finds(['public."Events"'], {
    thresholds: { critical_ahead: 11 * day_ms },
  });
  assert.equal(critical?.severity, 'critical');
  await admin.query(`create table next partition of "Events" ${days(10, 11)}`);
  assert.equal((await isOk()).examined, 1);

  await admin.query('drop table present');
  // What begins later is no fault yet.
  await isOk();
  await admin.query(`create table past partition of "Events" ${days(-10, -5)}`);
  const [missing] = await finds(['public."Events"']);
  assert.equal(missing?.severity, 'critical');
  assert.match(missing.summary, /has no partition for the present, only later ones: inserts fail$/);
  await admin.query('drop table next');
  const [ended] = await finds(['public."Events"']);
  assert.match(ended?.summary ?? '', /, the last ended .* ago: inserts fail$/);
  await admin.query('create table rest partition of "Events" default');
  const [stored] = await finds(['public."Events"']);
  assert.equal(stored?.severity, 'warning');
  await isOk({ thresholds: { forgotten_after: day_ms } });
});

checkTest(id, { title: 'keys and levels' }, async ({ admin, finds }) => {
  await admin.query(`
    create table dates (at date) partition by range (at);
    create table dates_1 partition of dates ${days(-3, 3)};
    create table stamps (at timestamp) partition by range (at);
    create table stamps_1 partition of stamps ${days(-3, 3)};
    create table endless (at date) partition by range (at);
    create table endless_1 partition of endless for values from (minvalue) to (maxvalue);
    create table forever (at date) partition by range (at);
    create table forever_1 partition of forever for values from ('2020-01-01') to ('infinity');
    create table numbers (id int) partition by range (id);
    create table numbers_1 partition of numbers for values from (1) to (2);
    create table pairs (at date, id int) partition by range (at, id);
    create table pairs_1 partition of pairs for values from ('2020-01-01', 1) to ('2020-02-01', 1);
    create table expressions (at date) partition by range ((at + 1));
    create table expressions_1 partition of expressions ${days(-3, 3)};
    create table later (at date) partition by range (at);
    create table later_1 partition of later ${days(30, 60)};
    create table tenants (tenant int, at date) partition by list (tenant);
    create table tenant_1 partition of tenants for values in (1) partition by range (at);
    create table tenant_1_1 partition of tenant_1 ${days(-3, 3)};
    create table months (at date) partition by range (at);
    create table month_1 partition of months ${days(-20, -10)} partition by range (at);
    create table month_1_1 partition of month_1 ${days(-20, -10)};
    create table month_2 partition of months ${days(-10, 40)};
    create table month_3 partition of months ${days(40, 60)}`);
  await finds(['public.dates', 'public.stamps', 'public.tenant_1']);
});
