// Planted words and constructs that put off, hide or weaken something.
import { bannedWordsWall } from '../walls/banned-words.ts';
import { type FileLine, inFile, type Planted } from './plant.ts';

const inSource: readonly FileLine[] = [
  ...['TODO', 'FIXME', 'XXX', 'HACK'].map(
    (word): FileLine => [word, `const a = 1; // ${word}: later`, `2: ${word} in a comment`],
  ),
  ['TODO inside a block', '/**\n * TODO\n */', '3: TODO in a comment'],
  ['@ts-ignore', 'let a;\n// @ts-ignore', '3: @ts-ignore silences the compiler'],
  ['@ts-nocheck', '/* @ts-nocheck */', '2: @ts-nocheck silences the compiler'],
  ['as any', 'const a = b as any;', '2: a cast to any'],
  ['<any>', 'const a = <any>b;', '2: a cast to any'],
  ['debugger', 'debugger;', '2: a debugger statement'],
  ['enum', 'enum A { b }', '2: an enum is not erasable'],
  ['const enum', 'const enum A { b }', '2: an enum is not erasable'],
  ['namespace', 'namespace A {}', '2: a namespace is not erasable'],
  ...['PoolManager', 'RowHelper', 'RowUtil', 'RunService', 'CheckBase'].map(
    (name): FileLine => [`class ${name}`, `class ${name} {}`, `2: class ${name} has no subject`],
  ),
  ['a class in an expression', 'use(class RowBase {});', '2: class RowBase has no subject'],
  ['a default export', 'export default 1;', '2: a default export has no name'],
  ['a default export by name', 'export { a as default };', '2: a default export has no name'],
];

const inTest: readonly FileLine[] = [
  ['test.only', "test.only('a', () => {});", '2: only without a reason'],
  ['describe.only', "describe.only('a', () => {});", '2: only without a reason'],
  ['test.skip', "test.skip('a', () => {});", '2: skip without a reason'],
  ['it.todo', "it.todo('a');", '2: todo without a reason'],
  ['skip: true', "test('a', { skip: true }, () => {});", '2: skip without a reason'],
  ['skip: !a', "test('a', { skip: !a }, () => {});", '2: skip without a reason'],
  ['only: true', "test('a', { only: true }, () => {});", '2: only without a reason'],
  ['t.skip()', "test('a', (t) => t.skip());", '2: skip without a reason'],
];

export const bannedWordPlants: Planted = {
  wall: bannedWordsWall,
  plants: [
    ...inSource.map((line) => inFile('src/kernel/a.ts', line)),
    ...inTest.map((line) => inFile('test/unit/a.test.ts', line)),
    inFile('scripts/a.ts', [
      'a file that is no TypeScript',
      'const = 1;',
      '2: the file does not parse: Unexpected token',
    ]),
    {
      what: 'TODO in SQL',
      files: { 'src/adapters/store/001-runs.sql': "select 'TODO';\n/* a\n   TODO */\n" },
      reports: ['src/adapters/store/001-runs.sql:3: TODO in a comment'],
    },
  ],
};
