// Wall: file names that say what is inside.
import type { Tree } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const fileNamesWall: Wall = {
  title: 'files are named in kebab-case by their subject, tests *.test.ts',
  find: (tree) =>
    [...tree.code, ...tree.sql].flatMap(({ path }) => namesOf(path)).concat(tests(tree)),
};

const bannedWord = /^(?:manager|helper|util|utility|utilities|service|base|common|misc)s?$/;

// Names with a banned word that is a term of PostgreSQL, and which term.
const termsOfPostgres: Readonly<Record<string, string>> = {
  'service-file.ts': 'the connection service file, pg_service.conf',
  'service-file.test.ts': 'the connection service file, pg_service.conf',
};

function namesOf(path: string): Violation[] {
  const segments = path.split('/');
  const name = segments.at(-1) ?? '';
  const report = (problem: string, remedy: string) => [{ path, line: 1, problem, remedy }];
  if (!segments.every(isKebab)) return report('the path is not kebab-case', 'rename it');
  const banned = [...name.split(/[-.]/), ...segments.slice(0, -1)].find((word) =>
    bannedWord.test(word),
  );
  if (banned !== undefined && !(name in termsOfPostgres)) {
    return report(`"${banned}" says nothing of the subject`, 'name the file by what it does');
  }
  if (/^index\./.test(name)) return report('a barrel hides the files', 'import the file itself');
  if (/\.[cm]?[jt]sx?$/.test(name) && !name.endsWith('.ts')) {
    return report('the walls and the type checker read .ts', 'write it in TypeScript');
  }
  if (/^test-|-test\.|\.spec\./.test(name)) {
    return report('a test under another naming', 'name it *.test.ts');
  }
  return [];
}

function isKebab(segment: string): boolean {
  return segment.split('.').every((part) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part));
}

function tests({ code }: Tree): Violation[] {
  return code.flatMap(({ path, syntax }) => {
    const call = syntax.constructs.find(({ kind }) => kind === 'test');
    if (call === undefined || path.endsWith('.test.ts')) return [];
    const problem = 'a test that node --test would not find';
    return [{ path, line: call.line, problem, remedy: 'name the file *.test.ts' }];
  });
}
