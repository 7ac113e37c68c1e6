// What a wall of the house is: a title, and a function from a tree to the places that break it.
import type { Tree } from './tree.ts';

export interface Wall {
  /** What holds when nothing is reported, as a sentence. */
  readonly title: string;
  readonly find: (tree: Tree) => readonly Violation[];
}

export interface Violation {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** One line for a person or an editor: "src/a.ts:3: what is wrong; what to do". */
export function formatViolation({ path, line, problem, remedy }: Violation): string {
  return `${path}:${line}: ${problem}; ${remedy}`;
}
