// No literal of a statement survives, and nothing but literals and comments goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactStatement } from '../../src/kernel/redact.ts';

const cases: readonly (readonly [written: string, shown: string])[] = [
  [`select * from t where a = 'secret' and b = 42`, 'select * from t where a = ? and b = ?'],
  [`select 'it''s', E'a\\'b', 'x'`, 'select ?, ?, ?'],
  [`select $$it's$$, $tag$ $$ $tag$`, 'select ?, ?'],
  [`select "it's", "1" from "t'2"`, `select "it's", "1" from "t'2"`],
  [`select 1 -- password 'x'\n, 2 /* 'y' */`, 'select ? , ?'],
  [`select $1, $2 from t1 where c2 = 3.5e-7`, 'select $1, $2 from t1 where c2 = ?'],
  [`insert into t values (B'101', x'ff', N'n', U&'\\0061')`, 'insert into t values (?, ?, ?, ?)'],
  [`select 0xff, 1_000, .5, 5.`, 'select ?, ?, ?, ?'],
  // track_activity_query_size cuts a statement off in the middle of a token.
  [`select * from t where name = 'half of a sec`, 'select * from t where name = ?'],
  [`select E'half \\`, 'select ?'],
  [`select $body$ half of`, 'select ?'],
  [`select 1 /* half`, 'select ?'],
  ['select\n\t a  ,b', 'select a ,b'],
  ['', ''],
];

for (const [written, shown] of cases) {
  test(`${JSON.stringify(written)} becomes ${JSON.stringify(shown)}`, () => {
    assert.equal(redactStatement(written), shown);
  });
}

test('long statements are cut between letters, not within one', () => {
  const shown = redactStatement(`select "${'🐘'.repeat(300)}"`, 20);
  assert.equal([...shown].length, 20);
  assert.ok(shown.endsWith('🐘…'));
});
