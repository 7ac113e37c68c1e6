// Which targets a command means, and what it says of a word that is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, noConfig } from '../../src/engine/config.ts';
import { chooseOneTarget, chooseTargets, environmentTarget } from '../../src/faces/cli/targets.ts';
import { asRunbookError } from '../../src/kernel/errors.ts';

const config: Config = {
  ...noConfig,
  targets: {
    one: { ...environmentTarget, name: 'one' },
    two: { ...environmentTarget, name: 'two' },
  },
};

const namesOf = (...words: readonly string[]) =>
  chooseTargets(words, config).map(({ name, config: target }) => name ?? target?.connection);

function refusal(act: () => unknown): { readonly code: string; readonly text: string } {
  try {
    act();
  } catch (thrown) {
    const { code, message, why, remedy } = asRunbookError(thrown);
    return { code, text: [message, why, remedy].join('\n') };
  }
  throw new assert.AssertionError({ message: 'the word was accepted' });
}

test('all is every configured target, once', () => {
  assert.deepEqual(namesOf('all'), ['one', 'two']);
  assert.deepEqual(namesOf('two', 'all', 'two'), ['two', 'one']);
  assert.deepEqual(namesOf('all', 'service=x'), ['one', 'two', 'service=x']);
});

test('all hides no mistyped word beside it', () => {
  const { code, text } = refusal(() => chooseTargets(['all', 'tow'], config));
  assert.equal(code, 'usage/unknown-target');
  assert.match(text, /no target tow/);
  assert.match(text, /Did you mean two\?/);
});

for (const word of [
  'postgress://u:hunter2@h/db',
  'postgress://u:hunter2@h/db?sslmode=require',
  'mysql://u:hunter2@h/db',
  'u:hunter2@h/db',
  'u:hunter2@h\n',
]) {
  test(`the password of ${JSON.stringify(word)} is not repeated`, () => {
    const { code, text } = refusal(() => chooseTargets([word], config));
    assert.equal(code, 'usage/unknown-target');
    assert.doesNotMatch(text, /hunter2/);
    assert.match(text, /what was given is no target/);
  });
}

for (const word of ['__proto__', 'constructor', 'toString']) {
  test(`${word} is no target`, () => {
    assert.equal(refusal(() => chooseTargets([word], config)).code, 'usage/unknown-target');
    assert.equal(refusal(() => chooseOneTarget(word, noConfig)).code, 'usage/unknown-target');
  });
}

test('a command about one target refuses all', () => {
  const { code, text } = refusal(() => chooseOneTarget('all', config));
  assert.equal(code, 'usage/arguments');
  assert.match(text, /takes one target/);
  assert.match(text, /one, two/);
  assert.equal(chooseOneTarget('two', config).name, 'two');
});
