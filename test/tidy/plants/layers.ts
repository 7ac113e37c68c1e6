// Planted violations of the layers: every import form, then every border.
import { posix } from 'node:path';
import { layersWall } from '../walls/layers.ts';
import { type FileLine, inFile, type Plant, type Planted, source, wholeCheck } from './plant.ts';

const forms: readonly (readonly [form: string, code: string])[] = [
  ['import', "import { a } from '../engine/a.ts';"],
  ['import', "import '../engine/a.ts';"],
  ['import', "import { type A } from '../engine/a.ts';"],
  ['import', "import * as engine from '../engine/a.ts';"],
  ['import type', "import type { A } from '../engine/a.ts';"],
  ['export from', "export { a } from '../engine/a.ts';"],
  ['export from', "export * from '../engine/a.ts';"],
  ['export type from', "export type { A } from '../engine/a.ts';"],
  ['export type from', "export type * from '../engine/a.ts';"],
  ['import()', "const a = await import('../engine/a.ts');"],
  ['import()', 'const a = await import(`../engine/a.ts`);'],
  ['type import()', "type A = import('../engine/a.ts').A;"],
  ['type import()', "type A = typeof import('../engine/a.ts');"],
  ['import require', "import a = require('../engine/a.ts');"],
  ['require', "const a = require('../engine/a.ts');"],
  ['require', "const a = require.resolve('../engine/a.ts');"],
  ['import.meta.resolve', "const a = import.meta.resolve('../engine/a.ts');"],
  ['/// reference', '/// <reference path="../engine/a.ts" />'],
];

const formPlants = forms.map(([form, code]) =>
  inFile('src/kernel/a.ts', [
    `kernel reaching the engine by ${code}`,
    code,
    `2: ${form} of src/engine/a.ts: kernel may not import engine`,
  ]),
);

const borders: readonly Border[] = [
  ['src/kernel/a.ts', '../main.ts', 'kernel', 'main'],
  ['src/kernel/a.ts', '../../test/a.ts', 'kernel', 'test'],
  ['src/catalog/checks/a/b.ts', '../../../engine/a.ts', 'catalog', 'engine'],
  ['src/engine/a.ts', '../adapters/b/c.ts', 'engine', 'adapters'],
  ['src/engine/a.ts', '../catalog/checks/a/b.ts', 'engine', 'catalog'],
  ['src/engine/a.ts', './a.test.ts', 'engine', 'test'],
  ['src/engine/a.ts', '../../../a.ts', 'engine', 'unknown'],
  ['src/engine/a.ts', '../../lib/kernel/a.ts', 'engine', 'unknown'],
  ['src/adapters/a/b.ts', '../../engine/c.ts', 'adapters', 'engine'],
  ['src/faces/cli/a.ts', '../../adapters/b/c.ts', 'faces', 'adapters'],
  ['src/faces/cli/a.ts', '../../load-catalog.ts', 'faces', 'load-catalog'],
  ['src/load-catalog.ts', './engine/a.ts', 'load-catalog', 'engine'],
  ['src/main.ts', '../test/a.ts', 'main', 'test'],
  ['src/main.ts', '../bench/a.ts', 'main', 'test'],
  ['src/main.ts', '../scripts/a.ts', 'main', 'test'],
  ['examples/a/b.ts', '../../src/engine/a.ts', 'examples', 'engine'],
  ['examples/a/b.ts', '../../src/kernel/a.ts', 'examples', 'kernel'],
  ['client/a.ts', '../src/kernel/a.ts', 'client', 'kernel'],
  ['console/a.tsx', '../src/kernel/a.ts', 'console', 'kernel'],
  ['console/a.tsx', '../client/a.ts', 'console', 'client'],
  ...neighbours('src/catalog/checks/a/b.ts', '../c/d.ts', 'src/catalog/checks'),
  ...neighbours('src/adapters/a/b.ts', '../c/d.ts', 'src/adapters'),
  ...neighbours('src/faces/a/b.ts', '../c/d.ts', 'src/faces'),
  [
    'src/catalog/probes/a/probe.ts',
    '../../checks/c/d.ts',
    'src/catalog/probes',
    'its neighbour src/catalog/checks/c',
  ],
];

/** The importing file, what it names, and who may not import whom. */
type Border = readonly [from: string, specifier: string, who: string, whom: string];

function neighbours(from: string, specifier: string, folder: string): Border[] {
  return [[from, specifier, `${folder}/a`, `its neighbour ${folder}/c`]];
}

const borderPlants = borders.map(([from, specifier, who, whom]): Plant => {
  const target = posix.join(posix.dirname(from), specifier);
  const report = `2: import of ${target}: ${who} may not import ${whom}`;
  const plant = inFile(from, [`${from} importing ${target}`, `import '${specifier}';`, report]);
  return { ...plant, files: { ...wholeCheck('a'), ...plant.files } };
});

const uncheckable = 'of something computed cannot be checked';
const hidden: readonly FileLine[] = [
  ['a computed import()', 'await import(name);', `2: import() ${uncheckable}`],
  ['a template with a hole', `await import(\`./\${name}.ts\`);`, `2: import() ${uncheckable}`],
  ['a computed require()', 'require(name);', `2: require ${uncheckable}`],
  [
    'createRequire under another name',
    "import { createRequire as load } from 'node:module';",
    `2: createRequire ${uncheckable}`,
  ],
  [
    'createRequire of a namespace',
    'const load = module.createRequire(import.meta.url);',
    `2: createRequire ${uncheckable}`,
  ],
  ['an import map', "import '#a';", '2: import of #a hides a file'],
  ['an absolute path', "import '/srv/a.ts';", '2: import of /srv/a.ts hides a file'],
  ['a file address', "import 'file:///srv/a.ts';", '2: import of file:///srv/a.ts hides a file'],
  ['its own package name', "import 'pgrunbook/a';", '2: import of pgrunbook/a hides a file'],
];

export const layerPlants: Planted = {
  wall: layersWall,
  plants: [
    ...formPlants,
    ...borderPlants,
    ...hidden.map((line) => inFile('src/adapters/a/b.ts', line)),
    {
      what: 'a folder that is no layer',
      files: { 'src/shared/a.ts': source() },
      reports: ['src/shared/a.ts:1: src has no layer of this name'],
    },
  ],
};
