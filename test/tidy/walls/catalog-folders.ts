// Wall: a folder of the catalogue holds all that a unit needs, and nothing else.
import type { Tree } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const catalogFoldersWall: Wall = {
  title: 'each check is a folder with its query, document and test',
  find: (tree) =>
    [...checkFolders(tree)].flatMap(([id, files]) => findInFolder(tree, { id, files })),
};

const checks = 'src/catalog/checks/';
const required = ['check.ts', 'check.md', 'check.test.ts'];
const allowed = /^(?:check\.md|query\.sql|query\.from-\d\d\.sql|[a-z0-9-]+(?:\.test)?\.ts)$/;

interface Folder {
  readonly id: string;
  readonly files: readonly string[];
}

function checkFolders({ paths }: Tree): ReadonlyMap<string, readonly string[]> {
  const inChecks = [...paths].filter((path) => path.startsWith(checks));
  const folders = Map.groupBy(inChecks, (path) => path.slice(checks.length).split('/')[0] ?? '');
  return new Map(
    [...folders].map(([id, members]) => [
      id,
      members.map((path) => path.slice(checks.length + id.length + 1)),
    ]),
  );
}

function findInFolder(tree: Tree, folder: Folder): Violation[] {
  const { id, files } = folder;
  const report = (file: string, problem: string, remedy: string): Violation => ({
    path: `${checks}${id}${file && `/${file}`}`,
    line: 1,
    problem,
    remedy,
  });
  if (files.includes('')) return [report('', 'a file beside the checks', 'give it a folder')];
  const missing = required
    .filter((file) => !files.includes(file))
    .map((file) => report(file, 'missing', 'write it; a check is not whole without it'));
  const odd = files
    .filter((file) => !allowed.test(file))
    .map((file) => report(file, 'not a file of a check', 'rename it, or move it elsewhere'));
  return [
    ...missing,
    ...odd,
    ...queryFaults(tree, folder).map(([problem, remedy]) => report('check.ts', problem, remedy)),
  ];
}

function queryFaults(tree: Tree, { id, files }: Folder): (readonly [string, string])[] {
  if (!files.includes('check.ts')) return [];
  const probe = sharedProbe(tree, id);
  if (probe === undefined) {
    return files.includes('query.sql')
      ? []
      : [['no query.sql and no shared probe', 'write the query, or name the probe']];
  }
  if (files.some((file) => file.endsWith('.sql'))) {
    return [['both a query and a shared probe', 'keep one of them']];
  }
  return tree.paths.has(`src/catalog/probes/${probe}/query.sql`)
    ? []
    : [[`there is no shared probe ${probe}`, `write src/catalog/probes/${probe}/query.sql`]];
}

function sharedProbe({ code }: Tree, id: string): string | undefined {
  const file = code.find(({ path }) => path === `${checks}${id}/check.ts`);
  return file?.syntax.constructs.find(({ kind }) => kind === 'probe')?.name;
}
