// An index on a boolean alone is found; partial, composite and unique ones are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-low-cardinality';
const small = { thresholds: { min_size: 8_192 } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine', small);
  await admin.query(`
    create table "Tasks" (id bigint primary key, "isDone" boolean, at timestamptz);
    create index on "Tasks" (at);
    create index on "Tasks" (at) where not "isDone";
    create index on "Tasks" ("isDone") where "isDone";
    create index on "Tasks" ("isDone", at);
    create index on "Tasks" ("isDone") include (at);
    create unique index on "Tasks" ("isDone")`);
  await isOk(small);
  await admin.query('create index "Done" on "Tasks" ("isDone")');
  const [found] = await finds(['public."Done"'], small);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /\(8 kB\) holds nothing but a boolean, isDone$/);
  await admin.query(`drop index "Done"; create index "Early" on "Tasks" ((at < '2025-01-01'))`);
  await finds(['public."Early"'], small);
  await skips('nothing-to-examine');
  await admin.query('drop index "Early"');
  await isOk(small);
});
