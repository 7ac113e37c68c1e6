// Wall: the first line of a file says what the file is for.
import type { TextFile } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const firstLinesWall: Wall = {
  title: 'the first line of each file says in a sentence what it is for',
  find: ({ code, sql }) => [
    ...code.flatMap((file) => findInFile(file, '//')),
    ...sql
      .filter(({ path }) => path.startsWith('src/catalog/'))
      .flatMap((file) => findInFile(file, '--')),
  ],
};

function findInFile({ path, lines }: TextFile, mark: string): Violation[] {
  const first = lines[0]?.startsWith('#!') ? 1 : 0;
  const sentence = commentFrom(lines.slice(first), mark);
  const remedy = `begin with "${mark}" and a sentence that says what the file is for`;
  const report = (problem: string) => [{ path, line: first + 1, problem, remedy }];
  if (sentence === '') return report('the first line is no comment');
  return isSentence(sentence) ? [] : report('the first comment is no sentence');
}

// A sentence may run on over further comment lines.
function commentFrom(lines: readonly string[], mark: string): string {
  const end = lines.findIndex((line) => !line.startsWith(`${mark} `));
  const comment = end === -1 ? lines : lines.slice(0, end);
  return comment.map((line) => line.slice(mark.length).trim()).join(' ');
}

// A sentence may begin with the name of a setting or a view, such as wal_level or pg_class.
// A script's sentence may end with the command that runs it, which has no full stop.
function isSentence(text: string): boolean {
  const isBegun = /^[^\p{Ll}\s]|^pg|^\w+_\w/u.test(text);
  const isEnded = /[.?!]\)?$|: node [\w./-]+$/.test(text);
  return isBegun && isEnded && text.split(' ').length >= 3;
}
