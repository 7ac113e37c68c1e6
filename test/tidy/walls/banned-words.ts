// Wall: words and constructs that put off, hide or weaken something.
import type { Construct } from '../syntax/constructs.ts';
import type { CodeFile, SqlFile } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const bannedWordsWall: Wall = {
  title: 'nothing is put off, silenced or left out',
  find: ({ code, sql }) => [
    ...code.flatMap(({ path, syntax }) => syntax.comments.flatMap(commentFault(path))),
    ...sql.flatMap(sqlComments),
    ...code.flatMap(constructs),
  ],
};

function commentFault(path: string) {
  return ({ line, text }: { line: number; text: string }): Violation[] =>
    text.split('\n').flatMap((part, index) => {
      const postponed = /\b(?:TODO|FIXME|XXX|HACK)\b/.exec(part)?.[0];
      const silenced = /@ts-(?:ignore|nocheck)\b/.exec(part)?.[0];
      const at = { path, line: line + index };
      if (postponed !== undefined) {
        return [{ ...at, problem: `${postponed} in a comment`, remedy: 'do it, or file an issue' }];
      }
      if (silenced === undefined) return [];
      return [{ ...at, problem: `${silenced} silences the compiler`, remedy: 'correct the type' }];
    });
}

function sqlComments({ path, tokens }: SqlFile): Violation[] {
  return tokens.filter(({ kind }) => kind === 'comment').flatMap(commentFault(path));
}

type Fault = Pick<Violation, 'problem' | 'remedy'>;

function constructs({ path, syntax }: CodeFile): Violation[] {
  const parseErrors = syntax.errors.map(({ line, message }) => ({
    path,
    line,
    problem: `the file does not parse: ${message}`,
    remedy: 'correct the syntax; no wall can see into it',
  }));
  const found = syntax.constructs.flatMap((construct) => {
    const fault = faultOf(construct, path);
    return fault === undefined ? [] : [{ path, line: construct.line, ...fault }];
  });
  return [...parseErrors, ...found];
}

function faultOf({ kind, name }: Construct, path: string): Fault | undefined {
  switch (kind) {
    case 'enum':
      return { problem: 'an enum is not erasable', remedy: 'use a union of literals' };
    case 'namespace':
      return { problem: 'a namespace is not erasable', remedy: 'use a file' };
    case 'any':
      return { problem: 'a cast to any', remedy: 'parse the value, or name its type' };
    case 'debugger':
      return { problem: 'a debugger statement', remedy: 'remove it' };
    case 'left-out test':
      return { problem: `${name} without a reason`, remedy: "write { skip: 'the reason' }" };
    case 'class':
      return /(?:Manager|Helper|Util|Utils|Service|Base)$/.test(name ?? '')
        ? { problem: `class ${name} has no subject`, remedy: 'name it by what it holds' }
        : undefined;
    case 'default export':
      return mayExportDefault(path)
        ? undefined
        : { problem: 'a default export has no name', remedy: 'export it by its name' };
    case 'test':
    case 'probe':
      return undefined;
  }
}

// Catalogue units and estates are found by folder, so a name for the one export would say nothing.
function mayExportDefault(path: string): boolean {
  return /^(?:src\/catalog|examples)\//.test(path) || path.endsWith('.config.ts');
}
