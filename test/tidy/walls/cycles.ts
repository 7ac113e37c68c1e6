// Wall: no file of src reaches itself again through its imports.
import { posix } from 'node:path';
import type { Tree } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const cyclesWall: Wall = {
  title: 'no import leads back to where it came from',
  find: (tree) => findCycles(graphOf(tree)).map(toViolation),
};

/** Lines of the imports of each file, by the file that is imported. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>;

interface Cycle {
  /** Begins and ends with the same file. */
  readonly path: readonly string[];
  readonly line: number;
}

function graphOf({ code, paths }: Tree): Graph {
  const inSource = code.filter(({ path }) => path.startsWith('src/'));
  return new Map(
    inSource.map(({ path, syntax }) => {
      const edges = syntax.imports.flatMap(({ specifier, line }) => {
        if (!specifier?.startsWith('.')) return [];
        const target = posix.join(posix.dirname(path), specifier);
        return paths.has(target) ? [[target, line] as const] : []; // a pair, not a list
      });
      return [path, new Map(edges.reverse())]; // the first import of a file gives the line
    }),
  );
}

// Depth first: an import of a file that is still being followed closes a cycle.
function findCycles(graph: Graph): Cycle[] {
  const cycles: Cycle[] = [];
  const done = new Set<string>();
  const follow = (path: string, trail: readonly string[]) => {
    const here = [...trail, path];
    for (const [target, line] of graph.get(path) ?? []) {
      const seen = here.indexOf(target);
      if (seen !== -1) cycles.push({ path: [...here.slice(seen), target], line });
      else if (!done.has(target)) follow(target, here);
    }
    done.add(path);
  };
  for (const path of graph.keys()) {
    if (!done.has(path)) follow(path, []);
  }
  return cycles;
}

function toViolation({ path, line }: Cycle): Violation {
  return {
    path: path.at(-2) ?? '',
    line,
    problem: `import cycle: ${path.join(' -> ')}`,
    remedy: 'move what both ends need into a file of its own',
  };
}
