// Planted import cycles: by every kind of edge, and of more than two files.
import { cyclesWall } from '../walls/cycles.ts';
import { type Plant, type Planted, source } from './plant.ts';

const edges = [
  "import { b } from './b.ts';",
  "import type { B } from './b.ts';",
  "import './b.ts';",
  "export { b } from './b.ts';",
  "export type * from './b.ts';",
  "await import('./b.ts');",
  "type B = import('./b.ts').B;",
];

const pairs = edges.map(
  (edge): Plant => ({
    what: `a cycle through ${edge}`,
    files: {
      'src/kernel/a.ts': source(edge),
      'src/kernel/b.ts': source('', "import type { A } from './a.ts';"),
    },
    reports: [
      'src/kernel/b.ts:3: import cycle: src/kernel/a.ts -> src/kernel/b.ts -> src/kernel/a.ts',
    ],
  }),
);

export const cyclePlants: Planted = {
  wall: cyclesWall,
  plants: [
    ...pairs,
    {
      what: 'a file that imports itself',
      files: { 'src/kernel/a.ts': source("import './a.ts';") },
      reports: ['src/kernel/a.ts:2: import cycle: src/kernel/a.ts -> src/kernel/a.ts'],
    },
    {
      what: 'a cycle of three files behind a fourth',
      files: {
        'src/engine/a.ts': source("import './b.ts';"),
        'src/engine/b.ts': source("import './c.ts';"),
        'src/engine/c.ts': source("import './d.ts';"),
        'src/engine/d.ts': source("import './b.ts';"),
      },
      reports: [
        'src/engine/d.ts:2: import cycle: ' +
          'src/engine/b.ts -> src/engine/c.ts -> src/engine/d.ts -> src/engine/b.ts',
      ],
    },
  ],
};
