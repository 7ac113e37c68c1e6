// An index that was made on the parent only is found until its last part is attached.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'partition-index-missing';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table events (at date, kind int) partition by range (at);
    create table events_1 partition of events for values from ('2025-01-01') to ('2025-02-01');
    create table "Feb" partition of events for values from ('2025-02-01') to ('2025-03-01')`);
  await skips('nothing-to-examine');
  await admin.query('create index on events (at)');
  assert.equal((await isOk()).examined, 1);
  await admin.query('create unique index "Kinds" on only events (at, kind)');
  const [both] = await finds(['public."Kinds"']);
  assert.equal(both?.severity, 'warning');
  assert.equal(
    both.summary,
    'unique index public."Kinds" is invalid: 2 of 2 partitions of public.events lack it ' +
      '(public."Feb", public.events_1)',
  );
  await admin.query(`
    create unique index kinds_1 on events_1 (at, kind);
    alter index "Kinds" attach partition kinds_1`);
  const [one] = await finds(['public."Kinds"']);
  assert.match(one?.summary ?? '', /1 of 2 partitions of public.events lack it \(public."Feb"\)$/);
  await admin.query(`
    create unique index kinds_2 on "Feb" (at, kind);
    alter index "Kinds" attach partition kinds_2`);
  await isOk();
});
