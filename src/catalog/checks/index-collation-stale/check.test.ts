// A recorded version that the library no longer has is found, for collations that indexes use.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-collation-stale';

// The library cannot be changed under a server, so the record is: the two differ all the same.
const makeStale = `update pg_collation set collversion = '1.0'
  where collname in ('de-x-icu', 'fr-x-icu')`;

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query('create table words (word text collate "de-x-icu", other text)');
  await skips('nothing-to-examine');
  await admin.query('create index words_word on words (word, lower(word))');
  await isOk();
  await admin.query(makeStale);
  // "fr-x-icu" is stale as well, but nothing depends on it.
  const [found] = await finds(['pg_catalog."de-x-icu"']);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /^1 index may be .* recorded with version 1.0 and now is \d/);
  await admin.query('reindex table words; alter collation "de-x-icu" refresh version');
  await isOk();
});

checkTest(id, { title: 'of the database', majors: [15, 16, 17, 18] }, async (world) => {
  const { admin, session, isOk, finds } = world;
  await admin.query(`create database "Wörter" template template0 locale_provider icu
    icu_locale 'de' lc_collate 'C' lc_ctype 'C'`);
  const look = { database: 'Wörter' };
  await isOk(look);
  const inside = await session({ database: 'Wörter' });
  await inside.query(`
    create table words (word text, code text collate "C", number int);
    create index on words (word);
    create index on words (word, code);
    create index on words (code, number)`);
  await admin.query(`update pg_database set datcollversion = '1.0' where datname = 'Wörter'`);
  const [found] = await finds(['"Wörter"'], look);
  assert.equal(found?.severity, 'critical');
  assert.equal(found.evidence['indexes'], 2);
  await inside.query('alter database "Wörter" refresh collation version');
  await isOk(look);
});
