// Planted violations of form: sizes, file names, first lines and documents.
import { documentsWall } from '../walls/documents.ts';
import { fileNamesWall } from '../walls/file-names.ts';
import { firstLinesWall } from '../walls/first-lines.ts';
import { sizesWall } from '../walls/sizes.ts';
import { inFile, type Plant, type Planted, source } from './plant.ts';

const path = 'src/kernel/a.ts';
const statements = (count: number) => Array.from({ length: count }, () => '  work();').join('\n');
const wide = (length: number) => `const a = '${'x'.repeat(length - 13)}';`;

const sizePlants: Planted = {
  wall: sizesWall,
  plants: [
    ...['src/kernel/a.ts', 'test/a.ts', 'bench/a.ts', 'scripts/a.ts', 'examples/a.ts'].map(
      longFile,
    ),
    {
      what: 'a long SQL file',
      files: { 'src/adapters/store/001-runs.sql': 'select 1;\n'.repeat(401) },
      reports: ['src/adapters/store/001-runs.sql:401: 401 lines, the limit is 400'],
    },
    ...[
      `function a() {\n${statements(61)}\n}`,
      `const a = () => {\n${statements(61)}\n};`,
      `class A {\n  a() {\n${statements(61)}\n  }\n}`,
      `const a = { a() {\n${statements(61)}\n} };`,
    ].map((code, index) =>
      inFile(path, [
        `a long function, ${code.slice(0, 9)}`,
        code,
        `${index === 2 ? 3 : 2}: a function of 61 lines, the limit is 60`,
      ]),
    ),
    inFile(path, [
      'a long arrow without braces',
      `const a = () => [\n${'  1,\n'.repeat(59)}];`,
      '2: a function of 61 lines, the limit is 60',
    ]),
    inFile(path, [
      'a long callback of what is no test',
      `use(() => {\n${statements(61)}\n});`,
      '2: a function of 61 lines, the limit is 60',
    ]),
    inFile('src/kernel/a.test.ts', [
      'a long test',
      `test('a', () => {\n${statements(101)}\n});`,
      '2: a function of 101 lines, the limit is 100',
    ]),
    inFile(path, ['a long line', wide(101), '2: 101 characters, the limit is 100']),
    inFile(path, [
      'a long line with an address outside a comment',
      `const a = 'https://example.org/${'x'.repeat(80)}';`,
      '2: 113 characters, the limit is 100',
    ]),
    ...[
      'function a(b: B, c: C, d: D, e: E) {}',
      'const a = (b: B, c: C, d: D, e: E) => 1;',
      'class A { a(b: B, c: C, d: D, ...e: E[]) {} }',
      'interface A { a(b: B, c: C, d: D, e: E): void }',
      'interface A { (b: B, c: C, d: D, e: E): void }',
      'interface A { new (b: B, c: C, d: D, e: E): void }',
      'type A = (b: B, c: C, d: D, e: E) => void;',
      'type A = new (b: B, c: C, d: D, e: E) => void;',
      'declare function a(b: B, c: C, d: D, e: E): void;',
      'abstract class A { abstract a(b: B, c: C, d: D, e: E): void }',
    ].map((code) =>
      inFile(path, [`four parameters, ${code}`, code, '2: 4 parameters, the limit is 3']),
    ),
  ],
};

function longFile(long: string): Plant {
  return {
    what: `a long file, ${long}`,
    files: { [long]: source(...Array.from({ length: 400 }, () => '')) },
    reports: [`${long}:401: 401 lines, the limit is 400`],
  };
}

const names: readonly (readonly [path: string, problem: string])[] = [
  ['src/kernel/errorKinds.ts', 'the path is not kebab-case'],
  ['src/kernel/error_kinds.ts', 'the path is not kebab-case'],
  ['src/adapters/PostgreSQL/a.ts', 'the path is not kebab-case'],
  ...['manager', 'helper', 'helpers', 'util', 'utils', 'service', 'base', 'common', 'misc'].map(
    (word) => [`src/kernel/row-${word}.ts`, `"${word}" says nothing of the subject`] as const,
  ),
  ['src/engine/utils/a.ts', '"utils" says nothing of the subject'],
  ['src/kernel/index.ts', 'a barrel hides the files'],
  ['bench/a.mjs', 'the walls and the type checker read .ts'],
  ['src/kernel/a.js', 'the walls and the type checker read .ts'],
  ['test/a.spec.ts', 'a test under another naming'],
  ['test/a-test.ts', 'a test under another naming'],
  ['test/test-a.ts', 'a test under another naming'],
];

const namePlants: Planted = {
  wall: fileNamesWall,
  plants: [
    ...names.map(([name, problem]) => inFile(name, [`the name ${name}`, '', `1: ${problem}`])),
    inFile('test/contract/a.ts', [
      'a test that no runner finds',
      "test('a', () => {});",
      '2: a test that node --test would not find',
    ]),
  ],
};

const missing = 'the first line is no comment';
const noSentence = 'the first comment is no sentence';
const firstLines: readonly (readonly [path: string, text: string, report: string])[] = [
  ...['src/kernel/a.ts', 'bench/a.ts', 'scripts/a.ts', 'test/a.ts', 'examples/a.ts'].map(
    (file) => [file, 'export const a = 1;\n', `1: ${missing}`] as const,
  ),
  ['src/kernel/a.ts', '', `1: ${missing}`],
  ['src/kernel/a.ts', '/** A block says so too. */\n', `1: ${missing}`],
  ['src/kernel/a.ts', '\n// Too late by a line.\n', `1: ${missing}`],
  ['src/kernel/a.ts', '// units\n', `1: ${noSentence}`],
  ['src/kernel/a.ts', '// Reads units and\nexport {};\n', `1: ${noSentence}`],
  ['src/main.ts', '#!/usr/bin/env node\nexport {};\n', `2: ${missing}`],
  ['src/catalog/probes/a/query.sql', 'select 1\n', `1: ${missing}`],
  ['src/catalog/probes/a/query.sql', '-- one\nselect 1\n', `1: ${noSentence}`],
];

const firstLinePlants: Planted = {
  wall: firstLinesWall,
  plants: firstLines.map(([file, text, report]) => ({
    what: `${file} that begins with ${JSON.stringify(text.slice(0, 30))}`,
    files: { [file]: text },
    reports: [`${file}:${report}`],
  })),
};

// Put together here, so that this file holds no such path itself.
const machinePath = (folder: string) => ['', folder, 'main'].join('/');

const documentPlants: Planted = {
  wall: documentsWall,
  plants: [
    {
      what: 'a long README',
      files: { 'README.md': 'text\n'.repeat(151) },
      reports: ['README.md:151: 151 lines, the limit is 150'],
    },
    ...['work', 'root'].map((folder) => ({
      what: `a path of one machine below ${folder}`,
      files: { 'docs/guide/a.md': `# A\n\nSee \`${machinePath(folder)}\`.\n` },
      reports: [`docs/guide/a.md:3: /${folder} is a path of one machine`],
    })),
  ],
};

export const shapePlants: readonly Planted[] = [
  sizePlants,
  namePlants,
  firstLinePlants,
  documentPlants,
];
