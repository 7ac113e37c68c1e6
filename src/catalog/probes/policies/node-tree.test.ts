// The tree reader on what every major really writes, hostile names included.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, majors, testServer } from '../../../../test/harness/servers.ts';
import {
  booleanOf,
  childOf,
  childrenOf,
  everyNode,
  isNode,
  isSameTree,
  parseNodeTree,
  type TreeNode,
  textOf,
  wordOf,
} from './node-tree.ts';

const conditions = {
  setting: `id = current_setting('app.tenant', true)::int`,
  strange: `exists (select from pg_class as ":x" where ":x".relname = ')}{ <> "' and id = 1)`,
  literal: `"a {b} (c) \\ ""d" = 'é[ü]'`,
  branch: `case when name is null then true else coalesce(name, '') in ('a b', 'c') end`,
  composite: `(row(id, name) is not null) and name = any (array['x', null])`,
};

for (const major of majors) {
  test(`node trees of ${major} are read whole`, async (t) => {
    const server = await testServer(t, { major });
    const admin = await connect(t, server);
    await admin.query(
      `create table t (id int not null, name text, "a {b} (c) \\ ""d" text, ok boolean)`,
    );
    for (const [name, condition] of Object.entries(conditions)) {
      await admin.query(`create policy ${name} on t using (${condition})`);
    }
    const { rows } = await admin.query('select polname, polqual::text as tree from pg_policy');
    const trees = new Map(rows.map(({ polname, tree }) => [polname, read(tree)]));
    assert.equal(trees.size, 5);

    const setting = nodes(trees.get('setting'), 'FUNCEXPR')[0];
    assert.ok(setting);
    assert.equal(wordOf(setting, 'funcid'), '3294');
    assert.equal(textOf(childrenOf(setting)[0]), 'app.tenant');
    assert.deepEqual(childrenOf(setting).map(booleanOf), [undefined, true]);

    const [alias] = nodes(trees.get('strange'), 'RANGETBLENTRY').map((entry) =>
      childOf(entry, 'eref'),
    );
    assert.equal(alias && wordOf(alias, 'aliasname'), ':x');
    assert.equal(textOf(nodes(trees.get('literal'), 'CONST')[0]), 'é[ü]');
    assert.equal(nodes(trees.get('branch'), 'CASEWHEN').length, 1);
    assert.equal(nodes(trees.get('branch'), 'COALESCEEXPR').length, 1);
    assert.equal(nodes(trees.get('composite'), 'ARRAYEXPR').length, 1);
    assert.equal(nodes(trees.get('composite'), 'ROWEXPR').length, 1);
    assert.ok(isSameTree(trees.get('composite'), trees.get('composite')));
    assert.ok(!isSameTree(trees.get('composite'), trees.get('branch')));
  });

  test(`every rule of the system's own views is readable on ${major}`, async (t) => {
    const server = await testServer(t, { major });
    const admin = await connect(t, server);
    const { rows } = await admin.query(
      `select ev_class::regclass::text as view, ev_action::text as tree from pg_rewrite`,
    );
    assert.ok(rows.length > 100);
    // A rule holds a list of queries: its one element is the node.
    const unread = rows.filter(({ tree }) => !isNode(parseNodeTree(tree.slice(1, -1))));
    assert.deepEqual(
      unread.map(({ view }) => view),
      [],
    );
  });
}

test('what is not one whole node is not read', () => {
  for (const text of [
    '',
    '{',
    '}',
    'CONST',
    '{CONST',
    '{CONST constvalue}',
    '({CONST})',
    '{A} {B}',
  ]) {
    assert.equal(parseNodeTree(text), undefined, text);
  }
  const nested = (depth: number) => `${'{N :arg '.repeat(depth)}<>${'}'.repeat(depth)}`;
  assert.ok(parseNodeTree(nested(500)));
  assert.equal(parseNodeTree(nested(501)), undefined);
});

function read(text: string): TreeNode {
  const tree = parseNodeTree(text);
  assert.ok(tree, text);
  return tree;
}

function nodes(tree: TreeNode | undefined, label: string): readonly TreeNode[] {
  return tree === undefined ? [] : everyNode(tree).filter((node) => node.label === label);
}
