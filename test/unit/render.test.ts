// Every format for people and build servers, given names that try to break out of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLine } from '../../src/faces/cli/progress.ts';
import { renderJson } from '../../src/faces/cli/render/json.ts';
import { renderJunit } from '../../src/faces/cli/render/junit.ts';
import { renderMarkdown } from '../../src/faces/cli/render/markdown.ts';
import { renderNagios, renderNagiosMistake } from '../../src/faces/cli/render/nagios.ts';
import type { RenderOptions, Report } from '../../src/faces/cli/render/report.ts';
import { renderSarif } from '../../src/faces/cli/render/sarif.ts';
import { renderError, renderTable, wrap } from '../../src/faces/cli/render/table.ts';
import { RunbookError } from '../../src/kernel/errors.ts';
import type { Finding, Server } from '../../src/kernel/model.ts';

const server: Server = {
  version_num: 170_010,
  version: '17.10',
  is_in_recovery: false,
  user: 'monitor',
  database: 'app',
  database_oid: 5,
  system_identifier: '7',
  is_superuser: false,
  roles: [],
  extensions: {},
  functions: [],
  monitor_functions: [],
  now_ms: 0,
};

// Steers a terminal, forges a line, opens a cell, a tag, perfdata, and turns the text around.
const hostile =
  'evil\u001b]0;pwned\u0007\u001b[31mRED\n\u202e\ufffe\uffff\ud800 | <b>&"\'=[x](y)`#\u009b';

function report(name: string): Report {
  const finding: Finding = {
    check: 'table-no-primary-key',
    title: 'Tables without a primary key',
    object: name,
    severity: 'critical',
    summary: `${name} has no primary key`,
    evidence: { size_bytes: 8192 },
    runbook: null,
    fingerprint: '0123456789abcdef',
    next: `pgrunbook check ${name} --explain table-no-primary-key`,
  };
  const timing = { examined: 1, duration_ms: 1 };
  return {
    target: name,
    inspection: {
      target: name,
      server: { ...server, user: name, database: name },
      started_at: '2026-01-01T00:00:00.000Z',
      duration_ms: 12,
      checks: [
        { id: 'table-no-primary-key', status: 'finding', ...timing },
        { id: 'bloat', status: 'failed', reason: name, reason_code: 'failed', ...timing },
        { id: 'wal', status: 'skipped', reason: name, reason_code: 'cannot-tell', ...timing },
      ],
      findings: [finding],
    },
  };
}

function lost(name: string): Report {
  const parts = { what: `no ${name}`, why: `why ${name}`, remedy: `do ${name}` };
  return { target: name, error: new RunbookError('unreachable/connect', parts) };
}

const options: RenderOptions = {
  columns: 80,
  color: false,
  all: true,
  version: '1.0.0',
  fail_on: 'warning',
};

const reports = [report(hostile), lost(hostile)];
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

for (const [format, text] of Object.entries({
  table: renderTable(reports, options),
  markdown: renderMarkdown(reports),
  nagios: renderNagios(reports),
  junit: renderJunit(reports, options),
})) {
  test(`no name in ${format} steers the terminal of who reads it`, () => {
    assert.doesNotMatch(text, unseen);
    assert.match(text, /x1b\\*\]0;pwned/);
    assert.match(text, /u202e/);
  });
}

test('a line break in a name makes no line of the table', () => {
  const [plain, forged] = ['a b', 'a\nb'].map((name) => renderTable([report(name)], options));
  assert.equal(forged?.split('\n').length, plain?.split('\n').length);
});

test('an error keeps its own lines and gains none from a name', () => {
  const parts = { what: 'no "a\nb"', why: 'first\nsecond', remedy: 'do\u001b[2J' };
  const text = renderError(new RunbookError('failed/statement', parts), { color: false });
  assert.equal(text, 'failed/statement: no "a\\nb"\n  first\n  second\n  do\\x1b[2J\n');
});

test('every problem of a configuration file has a line', () => {
  const text = renderError(new RunbookError('usage/config', { what: 'a\nb' }), { color: false });
  assert.match(text, /^usage\/config: a\nb\n/);
});

test('the progress line shows the target without its control characters', () => {
  let told = '';
  const progress = progressLine(
    {
      out: () => undefined,
      err: (text) => {
        told += text;
      },
      columns: 80,
      err_is_terminal: true,
      color: false,
    },
    1,
  );
  progress.show('a\u001b[31m', 1, 2);
  assert.equal(told, '\r\u001b[2Ka\\x1b[31m: 1 of 2 probes');
});

test('a name opens no cell, tag, link or entity of Markdown', () => {
  const lines = renderMarkdown([report('a|b<i>[x](y)&lt;~~z~~')]).split('\n');
  const row = lines.find((line) => line.startsWith('| critical'));
  assert.equal(row?.split(/(?<!\\)\|/).length, 6);
  assert.match(row ?? '', /a\\\|b\\<i\\>\\\[x\\\]\(y\)\\&lt;\\~\\~z\\~\\~/);
});

test('JUnit holds only what XML 1.0 allows', () => {
  const text = renderJunit(reports, options);
  assert.match(text, /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
  assert.match(text, /&lt;b&gt;&amp;&quot;/);
  assert.match(text, /<testsuite name="[^"]*" tests="3" failures="1" errors="1" skipped="1"/);
});

test('SARIF names a file and a line, which code scanning wants, and escapes the rest', () => {
  const text = renderSarif(reports, options);
  assert.doesNotMatch(text, /(?!\n)\p{Cc}(?<![\u{7f}-\u{9f}])/u);
  const [result] = JSON.parse(text).runs[0].results;
  const { physicalLocation, logicalLocations } = result.locations[0];
  assert.match(physicalLocation.artifactLocation.uri, /^pgrunbook\/[\w-]+$/);
  assert.equal(physicalLocation.region.startLine, 1);
  assert.ok(logicalLocations[0].name.startsWith('evil\u001b]0;'));
});

test('JSON gives a name back as it is', () => {
  const { findings } = JSON.parse(renderJson([report('a\u001b\n\u202e')]));
  assert.equal(findings[0].object, 'a\u001b\n\u202e');
});

test('Nagios reads one status line, whose perfdata no target name can end', () => {
  const [first, second] = renderNagios([report("a'=|b"), report('c')]).split('\n');
  assert.equal(first?.split('|').length, 2);
  const perfdata = first?.split(' | ')[1] ?? '';
  for (const one of perfdata.split(' ')) assert.match(one, /^'[^'=|]+'=[\d.]+s?$/);
  assert.match(second ?? '', /^critical table-no-primary-key: a'=\/b has no primary key$/);
});

test('a mistake in a command line is one UNKNOWN line', () => {
  const text = renderNagiosMistake('error: no | such\u001b\n(Did you mean it?)\n');
  assert.equal(text, 'PGRUNBOOK UNKNOWN - no / such\\x1b (Did you mean it?)\n');
});

test('at 40 columns sentences and counts fit, however long a word', () => {
  const narrow = { ...options, columns: 40 };
  const text = renderTable([report(`app.${'x'.repeat(150)}`)], narrow);
  const lines = text.split('\n').slice(2);
  // A command is left whole, so that it can be copied.
  const long = lines.filter((line) => line.length > 40 && !line.includes('next: '));
  assert.deepEqual(long, []);
  assert.match(text, /^ {2}3 checks: 0 ok/m);
});

test('wrapping breaks at spaces first, and loses no letter', () => {
  assert.deepEqual(wrap('one two three four five', 20), ['one two three four', 'five']);
  assert.deepEqual(wrap('x'.repeat(20), 20), ['x'.repeat(20)]);
  assert.deepEqual(wrap(`a ${'x'.repeat(21)}`, 20), ['a', 'x'.repeat(20), 'x']);
  assert.deepEqual(wrap('', 20), ['']);
  assert.equal(wrap('😀'.repeat(30), 20).join(''), '😀'.repeat(30));
});
