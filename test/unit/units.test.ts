// Durations and sizes are read as PostgreSQL writes them, and written for people.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatCount,
  formatDuration,
  formatPercent,
  formatSize,
  parseDuration,
  parseSize,
  plural,
} from '../../src/kernel/units.ts';

test('durations are read with every unit, and only with one', () => {
  const read = ['250ms', '30s', '5m', '5min', '1.5 h', '7d', '2w', '0s'].map(parseDuration);
  assert.deepEqual(read, [250, 30_000, 300_000, 300_000, 5_400_000, 604_800_000, 1_209_600_000, 0]);
  for (const wrong of ['5', '', '-5s', '5 parsecs', '5s5', 's', '1e3s']) {
    assert.equal(parseDuration(wrong), undefined, wrong);
  }
});

test('sizes are powers of 1024, as in postgresql.conf', () => {
  assert.deepEqual(
    ['8kB', '1MB', '1.5GB', '2TB', '10B'].map(parseSize),
    [8192, 1_048_576, 1_610_612_736, 2_199_023_255_552, 10],
  );
  for (const wrong of ['8', '8kiB', '-1MB', 'MB']) assert.equal(parseSize(wrong), undefined, wrong);
});

test('durations are written with two units at most', () => {
  const shown = [0, 999, 1_500, 61_000, 150_000, 3_600_000, 12_000_000, 200_000_000];
  assert.deepEqual(shown.map(formatDuration), [
    '0 ms',
    '999 ms',
    '1.5 s',
    '61 s',
    '3 min',
    '1 h',
    '3 h 20 min',
    '2 d',
  ]);
});

test('a duration just under an hour is not written as 60 minutes past the last', () => {
  assert.equal(formatDuration(2 * 3_600_000 - 20_000), '2 h');
  assert.equal(formatDuration(3_599_999), '1 h');
});

test('sizes, shares and counts are written for people', () => {
  assert.deepEqual([0, 1023, 8192, 2_254_857_830, -2048].map(formatSize), [
    '0 B',
    '1023 B',
    '8 kB',
    '2.1 GB',
    '-2 kB',
  ]);
  assert.deepEqual([94.12, 100, 0.04].map(formatPercent), ['94.1 %', '100 %', '0 %']);
  assert.equal(formatCount(1_234_567.4), '1,234,567');
  assert.equal(plural(1, 'index', 'indexes'), '1 index');
  assert.equal(plural(2, 'index', 'indexes'), '2 indexes');
});
