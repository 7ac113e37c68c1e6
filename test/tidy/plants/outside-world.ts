// Planted reaches for the outside world: modules, packages, globals, clocks and the environment.
import { outsideWorldWall } from '../walls/outside-world.ts';
import { type FileLine, inFile, type Plant, type Planted } from './plant.ts';

const worldModules = [
  ...['fs', 'fs/promises', 'net', 'http', 'https', 'http2', 'tls', 'dns', 'child_process', 'os'],
  ...['process', 'cluster', 'worker_threads', 'dgram', 'readline', 'tty', 'timers'],
  ...['timers/promises', 'inspector', 'v8', 'vm', 'sqlite', 'perf_hooks', 'module', 'test'],
];

const modulePlants: readonly Plant[] = worldModules.flatMap((name) =>
  ['src/kernel/a.ts', 'src/engine/a.ts'].map((path) =>
    inFile(path, [
      `node:${name} in ${path}`,
      `import * as outside from 'node:${name}';`,
      `2: node:${name} touches the world outside`,
    ]),
  ),
);

const inKernel: readonly FileLine[] = [
  ['a built-in module without its prefix', "import 'fs';", '2: fs touches the world outside'],
  [
    'random bytes of a pure module',
    "import { randomBytes } from 'node:crypto';",
    '2: node:crypto touches the world outside',
  ],
  ['a package', "import 'yaml';", '2: the package yaml is not for this layer'],
  [
    'a scoped package',
    "import type { A } from '@scope/name/deep';",
    '2: the package @scope/name is not for this layer',
  ],
  ...['process', 'WebSocket', 'EventSource', 'navigator', 'global'].map(
    (name): FileLine => [name, `use(${name});`, `2: the global ${name} reaches the world outside`],
  ),
  ['fetch handed on', 'ask({ fetch });', '2: the global fetch reaches the world outside'],
  ['fetch called', "fetch('a');", '2: the global fetch reaches the world outside'],
  [
    'a way to every global',
    'globalThis.process.exit(1);',
    '2: the global globalThis reaches the world outside',
  ],
  [
    'random numbers of the global',
    'crypto.randomUUID();',
    '2: the global crypto reaches the world outside',
  ],
  ['Date.now()', 'const now = Date.now();', '2: Date reads or waits for the clock'],
  ['Date.now handed on', 'start(Date.now);', '2: Date reads or waits for the clock'],
  ["Date['now']", "const now = Date['now']();", '2: Date reads or waits for the clock'],
  ['new Date()', 'const now = new Date();', '2: Date reads or waits for the clock'],
  ['new Date', 'const now = new Date;', '2: Date reads or waits for the clock'],
  ['performance', 'performance.now();', '2: performance reads or waits for the clock'],
  ['Math.random', 'start(Math.random);', '2: Math.random gives no repeatable answer'],
  [
    'Math.random taken apart',
    'const { random } = Math;',
    '2: Math.random gives no repeatable answer',
  ],
  ['setTimeout', 'setTimeout(stop, 1);', '2: setTimeout reads or waits for the clock'],
  ['setInterval', 'setInterval(stop, 1);', '2: setInterval reads or waits for the clock'],
  [
    'a signal with a timer',
    'AbortSignal.timeout(1);',
    '2: AbortSignal reads or waits for the clock',
  ],
  ['console', "console.log('a');", '2: console writes to the terminal'],
];

const environment = '2: process.env is read outside the configuration';
const inAdapter: readonly FileLine[] = [
  ['console', "console.log('a');", '2: console writes to the terminal'],
  ['process.env', 'const home = process.env.HOME;', environment],
  ["process['env']", "const { HOME } = process['env'];", environment],
  ['the environment taken apart', 'const { env } = process;', environment],
  [
    'the environment by import',
    "import { env as all } from 'node:process';\nuse(all);",
    '3: process.env is read outside the configuration',
  ],
  [
    'the environment of an imported process',
    "import self from 'node:process';\nuse(self.env);",
    '3: process.env is read outside the configuration',
  ],
];

export const outsideWorldPlants: Planted = {
  wall: outsideWorldWall,
  plants: [
    ...modulePlants,
    ...inKernel.map((line) => inFile('src/kernel/a.ts', line)),
    ...inAdapter.map((line) => inFile('src/adapters/a/b.ts', line)),
    ...['src/catalog/probes/a/probe.ts', 'src/engine/a.ts'].map((path) =>
      inFile(path, [
        `the clock in ${path}`,
        'const now = Date.now();',
        '2: Date reads or waits for the clock',
      ]),
    ),
    inFile('src/engine/a.ts', ['pg', "import 'pg';", '2: the package pg is not for this layer']),
    inFile('src/load-catalog.ts', [
      'pg beside the catalogue',
      "import 'pg';",
      '2: the package pg is not for this layer',
    ]),
    inFile('examples/a/b.ts', [
      'a package of an example',
      "import 'yaml';",
      '2: the package yaml is not for this layer',
    ]),
  ],
};
