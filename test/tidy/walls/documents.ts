// Wall: the README is one short read, and no text names a folder of one particular machine.
import type { TextFile } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const documentsWall: Wall = {
  title: 'the README is short, and no text holds a path of one machine',
  find: ({ texts }) => [...texts.flatMap(longReadme), ...texts.flatMap(machinePaths)],
};

const limit = 150;

function longReadme({ path, lines }: TextFile): Violation[] {
  if (path !== 'README.md' || lines.length <= limit) return [];
  const problem = `${lines.length} lines, the limit is ${limit}`;
  return [{ path, line: limit + 1, problem, remedy: 'move a part of it to docs/guide' }];
}

// The home directory of the superuser, and the folder where this project happens to be built.
const machinePath = /(?<![\w.~/*-])\/(?:work|root)(?![\w-])/;

function machinePaths({ path, lines }: TextFile): Violation[] {
  return lines.flatMap((text, index) => {
    const found = machinePath.exec(text)?.[0];
    if (found === undefined) return [];
    const problem = `${found} is a path of one machine`;
    return [{ path, line: index + 1, problem, remedy: 'write it relative to the repository' }];
  });
}
