// What the walls need to know of one source file, read from its syntax tree.
import { type Comment, parseSync } from 'oxc-parser';
import { type Construct, constructsOf } from './constructs.ts';
import { type FunctionShape, functionsOf } from './functions.ts';
import { type Import, importsOf } from './imports.ts';
import { type NameUse, namesOf } from './names.ts';

export interface Syntax {
  /** Where the file is no TypeScript; nothing else is known of it then. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  readonly comments: readonly { readonly line: number; readonly text: string }[];
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionShape[];
  readonly constructs: readonly Construct[];
  /** Uses of names that the file does not declare: globals and what built-in modules gave. */
  readonly globals: readonly NameUse[];
}

/** Line, from 1, of a character of the text. */
export type LineOf = (offset: number) => number;

export function readSyntax(path: string, text: string): Syntax {
  const { program, comments, errors } = parseSync(path, text, { preserveParens: false });
  const lineOf = lineFinder(text);
  return {
    errors: errors.map(({ message, labels }) => ({
      line: lineOf(labels[0]?.start ?? 0),
      message,
    })),
    comments: comments.map((comment) => ({ line: lineOf(comment.start), text: comment.value })),
    imports: [...importsOf(program, lineOf), ...referencesIn(comments, lineOf)],
    functions: functionsOf(program, lineOf),
    constructs: constructsOf(program, lineOf),
    globals: namesOf(program, lineOf),
  };
}

/** Finds the line of an offset by bisection. */
export function lineFinder(text: string): LineOf {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

// A triple-slash reference is an import that the syntax tree does not know.
function referencesIn(comments: readonly Comment[], lineOf: LineOf): Import[] {
  return comments.flatMap(({ type, value, start }) => {
    const reference = /^\/\s*<reference\s+(?:path|types)=["']([^"']+)["']/.exec(value);
    if (type !== 'Line' || reference === null) return [];
    const line = lineOf(start);
    return [{ form: '/// reference', specifier: reference[1], isTypeOnly: true, names: [], line }];
  });
}
