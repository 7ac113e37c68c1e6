// Wall: files, functions, lines and parameter lists that a reader can hold in mind.
import type { CodeFile, TextFile } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

const limits = { file: 400, function: 60, test: 100, line: 100, parameters: 3 } as const;

export const sizesWall: Wall = {
  title: 'files, functions, lines and parameter lists are short',
  find: ({ code, sql }) => [
    ...[...code, ...sql].flatMap(longFiles),
    ...code.flatMap(longFunctions),
    ...code.flatMap(longLines),
  ],
};

function longFiles({ path, lines }: TextFile): Violation[] {
  if (lines.length <= limits.file) return [];
  const problem = `${lines.length} lines, the limit is ${limits.file}`;
  return [{ path, line: limits.file + 1, problem, remedy: 'give a part of it a file of its own' }];
}

function longFunctions({ path, syntax }: CodeFile): Violation[] {
  return syntax.functions.flatMap(({ line, lines, parameters, isTest }) => {
    const found: Violation[] = [];
    const limit = isTest ? limits.test : limits.function;
    if (lines > limit) {
      const problem = `a function of ${lines} lines, the limit is ${limit}`;
      found.push({ path, line, problem, remedy: 'give a step of it a function with a name' });
    }
    if (parameters > limits.parameters) {
      const problem = `${parameters} parameters, the limit is ${limits.parameters}`;
      found.push({ path, line, problem, remedy: 'take an object instead' });
    }
    return found;
  });
}

function longLines({ path, lines, syntax }: CodeFile): Violation[] {
  return lines.flatMap((text, index) => {
    const line = index + 1;
    if (text.length <= limits.line) return [];
    // An address cannot be broken; any other text can.
    if (syntax.comments.some((comment) => covers(comment, line)) && /https?:\/\//.test(text)) {
      return [];
    }
    const length = [...text].length;
    const problem = `${length} characters, the limit is ${limits.line}`;
    return length <= limits.line ? [] : [{ path, line, problem, remedy: 'break the line' }];
  });
}

function covers(comment: { line: number; text: string }, line: number): boolean {
  return line >= comment.line && line < comment.line + comment.text.split('\n').length;
}
