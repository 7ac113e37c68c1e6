// pgrunbook.yaml: every problem is told with line and column, and no secret may stand in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../src/engine/parse-config.ts';
import type { Catalog } from '../../src/kernel/catalog.ts';
import { defineCheck } from '../../src/kernel/check.ts';
import { RunbookError } from '../../src/kernel/errors.ts';
import { duration, names, percent, size } from '../../src/kernel/thresholds.ts';

const check = defineCheck({
  id: 'idle-things',
  group: 'activity',
  title: 'Idle things',
  why: 'Why.',
  remedy: 'Do.',
  nothing: 'nothing',
  thresholds: {
    warning_age: duration('5m', 'help', 'source'),
    warning_percent: percent(80, 'help', 'source'),
    warning_size: size('1MB', 'help', 'source'),
    allowed: names([], 'help', 'source'),
  },
  sources: ['here'],
  parse: (row) => row,
  judge: () => ({ examined: 0, findings: [] }),
});

const probe = { id: 'p', source: 'postgres', lane: 'fast', statements: [], row_limit: 1 } as const;
const catalog: Catalog = { version: 'test', checks: [{ check, probe, document: '' }] };

function parse(text: string) {
  return parseConfig({ text, file: 'x.yaml', catalog });
}

function problems(text: string): readonly string[] {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof RunbookError);
    assert.equal(error.code, 'usage/config');
    return error.message.split('\n');
  }
  return [];
}

test('values arrive in base units, a target over the global ones', () => {
  const config = parse(`
thresholds: { idle-things: { warning_age: 1m, warning_percent: 70 } }
targets:
  prod:
    connection: service=prod
    password: env:PROD_PASSWORD
    thresholds: { idle-things: { warning_age: 90s, allowed: [a, b] } }
    baselines:
      memory: 4GB
      heartbeats: [{ table: public.audit, column: at, within: 1h }]
      pools: [{ application: "api*", size: 10 }]
`);
  const { prod } = config.targets;
  assert.deepEqual(prod?.thresholds['idle-things'], {
    warning_age: 90_000,
    warning_percent: 70,
    allowed: ['a', 'b'],
  });
  assert.equal(prod.baselines.memory_bytes, 4 * 1024 ** 3);
  assert.equal(prod.baselines.heartbeats[0]?.within_ms, 3_600_000);
  assert.deepEqual(prod.baselines.pools[0], {
    application: 'api*',
    size: 10,
    overflow: 0,
    workers: 1,
    instances: 1,
  });
});

test('an empty file is a configuration without targets', () => {
  assert.deepEqual(parse('').targets, {});
  assert.deepEqual(parse('# only a comment\n').targets, {});
});

const cases: readonly (readonly [what: string, text: string, expected: RegExp])[] = [
  ['bad YAML', 'targets:\n  a: [1\n', /^x\.yaml:3:1: /],
  ['a key twice', 'targets: {}\ntargets: {}\n', /^x\.yaml:2:1: .*unique/],
  ['an unknown key', 'target: {}\n', /^x\.yaml:1:1: unknown key target; did you mean targets\?$/],
  [
    'an unknown key of a target',
    'targets:\n  prod:\n    conection: x\n    connection: y=z\n',
    /^x\.yaml:3:5: unknown key conection; did you mean connection\?$/,
  ],
  ['a missing key', 'targets:\n  prod: {}\n', /^x\.yaml:2:9: targets\.prod .*connection/],
  ['a wrong type', 'targets:\n  prod: { connection: 5 }\n', /^x\.yaml:2:23: .* must be string/],
  [
    'a password in a URI',
    'targets:\n  prod: { connection: "postgresql://u:pw@h/d" }\n',
    /^x\.yaml:2:23: connection holds a password/,
  ],
  [
    'a password in keywords',
    'targets:\n  prod: { connection: "host=h password=pw" }\n',
    /connection holds a password/,
  ],
  [
    'a literal secret',
    'targets:\n  prod: { connection: "host=h", password: hunter2 }\n',
    /^x\.yaml:2:43: targets\.prod\.password: expected: Where a secret is kept/,
  ],
  [
    'an unknown check',
    'thresholds:\n  idle-thing: { warning_age: 5m }\n',
    /^x\.yaml:2:3: no check is called idle-thing; did you mean idle-things\?$/,
  ],
  [
    'an unknown threshold',
    'thresholds:\n  idle-things: { warning: 5m }\n',
    /^x\.yaml:2:18: idle-things has no threshold warning/,
  ],
  [
    'a duration without unit',
    'thresholds:\n  idle-things: { warning_age: 5 }\n',
    /^x\.yaml:2:31: idle-things\.warning_age should be a length of time/,
  ],
  [
    'a share over 100',
    'thresholds:\n  idle-things: { warning_percent: 120 }\n',
    /should be a number from 0 to 100 \(default: 80 %\)/,
  ],
  [
    'a bad duration in baselines',
    'targets:\n  p:\n    connection: a=b\n    baselines: { recovery_point: soon }\n',
    /^x\.yaml:4:34: .*expected: A length of time/,
  ],
  [
    'an unknown check to skip',
    'targets:\n  p: { connection: a=b, skip: [idle-thingz] }\n',
    /no check or group is called idle-thingz; did you mean idle-things\?/,
  ],
];

const password = /^x\.yaml:2:23: connection holds a password/;
const cron = /^x\.yaml:3:22: schedules\.0\.cron: expected: Five fields of cron/;
const schedule = (text: string) =>
  `targets: { prod: { connection: a=b } }\nschedules:\n  - { name: n, ${text}, run: check }\n`;

// Each line twice the one before.
const doublings = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`);

const strictCases: typeof cases = [
  [
    'a password behind a percent sign',
    'targets:\n  prod: { connection: "postgresql://h/d?pass%77ord=hunter2" }\n',
    password,
  ],
  [
    'a secret that YAML stumbles over',
    'targets: { a: { password: `hunter2 } }\n',
    /^x\.yaml:1:27: /,
  ],
  ['a secret that begins a block', 'password: |hunter2\n', /^x\.yaml:1:12: Block scalar header/],
  [
    'a secret that became a key',
    'targets: { a: { password:hunter2 } }\n',
    /: unknown key; a blank/,
  ],
  [
    'an alias without anchor',
    'targets: { a: *hunter2 }\n',
    /^x\.yaml:1:15: no anchor before this alias/,
  ],
  [
    'aliases that multiply',
    `a0: &a0 [x]\n${doublings.join('')}`,
    /^x\.yaml:1:1: its aliases .* stand for too much/,
  ],
  [
    'a fault behind an alias',
    'targets:\n  a: { connection: a=b, skip: &s [thingz] }\n  b: { connection: a=b, skip: *s }\n',
    /^x\.yaml:3:31: no check or group is called thingz/,
  ],
  [
    'a check called as what every object has',
    'thresholds: { constructor: { a: 1 } }\n',
    /^x\.yaml:1:15: no check is called constructor/,
  ],
  [
    'a threshold called as what every object has',
    'thresholds: { idle-things: { constructor: 1, __proto__: { a: 1 } } }\n',
    /^x\.yaml:1:46: idle-things has no threshold __proto__/,
  ],
  ['a cron of four fields', schedule('cron: "* * * *", targets: [prod]'), cron],
  ['a cron of six fields', schedule('cron: "* * * * * *", targets: [prod]'), cron],
  ['a cron out of range', schedule('cron: "60 * * * *", targets: [prod]'), cron],
  ['a step of none', schedule('cron: "*/0 * * * *", targets: [prod]'), cron],
  [
    'an unknown target of a schedule',
    schedule('cron: "* * * * *", targets: [prd]'),
    /^x\.yaml:3:45: no target is called prd; did you mean prod\?$/,
  ],
  [
    'a target called all',
    'targets:\n  all: { connection: a=b }\n',
    /^x\.yaml:2:3: no target may be called all/,
  ],
  ...['a=b', 'a/b', 'a b', ''].map(
    (name) =>
      [
        `a target called "${name}"`,
        `targets:\n  "${name}": { connection: a=b }\n`,
        /^x\.yaml:2:3: the name of a target may not/,
      ] as const,
  ),
];

for (const [what, text, expected] of [...cases, ...strictCases]) {
  test(`${what} is told with its place`, () => {
    const found = problems(text);
    assert.ok(
      found.some((problem) => expected.test(problem)),
      `${expected} is not in:\n${found.join('\n')}`,
    );
    assert.ok(found.every((problem) => !/hunter2|:pw@|password=pw/.test(problem)));
  });
}

test('all problems are told at once', () => {
  assert.equal(problems('a: 1\nb: 2\n').length, 2);
});

test('cron takes lists, ranges, steps and the names of months and days', () => {
  for (const fields of ['*/5 * * * *', '0 6 1 1,4,7,10 *', '0-30/10 8-17 * jan-mar mon-fri']) {
    assert.deepEqual(problems(schedule(`cron: "${fields}", targets: [prod]`)), []);
  }
});

test('a target skips groups as well as checks', () => {
  const config = parse('targets: { prod: { connection: a=b, skip: [activity, idle-things] } }');
  assert.deepEqual(config.targets['prod']?.skip, ['activity', 'idle-things']);
});

test('an alias within its own anchor is no endless loop', () => {
  assert.notDeepEqual(problems('targets: &t { a: *t }\n'), []);
  assert.notDeepEqual(problems('thresholds: { idle-things: &t { warning_age: *t } }\n'), []);
});
