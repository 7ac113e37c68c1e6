// Characters that nobody sees become text that everybody sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible } from '../../src/kernel/visible.ts';

test('control characters become their escapes', () => {
  assert.equal(visible('a\u001b]0;pwned\u0007b'), 'a\\x1b]0;pwned\\x07b');
  assert.equal(visible('one\ntwo\r\tthree'), 'one\\ntwo\\r\\tthree');
  assert.equal(visible('\u0000\u001f\u007f\u0080\u009b'), '\\x00\\x1f\\x7f\\x80\\x9b');
});

test('marks of direction and of no width become their escapes', () => {
  for (const code of [0x200b, 0x200e, 0x200f, 0x2028, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff]) {
    assert.equal(visible(String.fromCodePoint(code)), `\\u${code.toString(16)}`);
  }
  assert.equal(visible('\u00ad\u061c'), '\\xad\\u061c');
  assert.equal(visible('\u{e0041}'), '\\u{e0041}');
});

test('half of a surrogate pair becomes its escape, a whole pair stays', () => {
  assert.equal(visible('\ud83d!'), '\\ud83d!');
  assert.equal(visible('😀'), '😀');
});

test('letters of every script, spaces and punctuation stay', () => {
  const text = 'Ünïcode "naïve" таблица 表 شغل · …—\\ ~ \u00a0';
  assert.equal(visible(text), text);
  assert.equal(visible(''), '');
});
