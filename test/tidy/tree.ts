// The files of a folder as the walls see them: each read once and parsed once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSql, type SqlToken } from './syntax/sql-tokens.ts';
import { readSyntax, type Syntax } from './syntax/syntax.ts';

export interface Tree {
  /** Path of every file, relative to the root, with forward slashes; sorted. */
  readonly paths: ReadonlySet<string>;
  /** Every file that holds text. */
  readonly texts: readonly TextFile[];
  /** TypeScript and JavaScript of the code folders. */
  readonly code: readonly CodeFile[];
  /** The same of the workspaces that are published or served by themselves. */
  readonly workspaces: readonly CodeFile[];
  /** SQL of the code folders. */
  readonly sql: readonly SqlFile[];
}

export interface TextFile {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface CodeFile extends TextFile {
  readonly syntax: Syntax;
}

export interface SqlFile extends TextFile {
  readonly tokens: readonly SqlToken[];
}

const codeFolders = /^(?:src|test|bench|scripts|examples)\//;
const workspaceFolders = /^(?:client|console)\//;
const codeEndings = /\.[cm]?[jt]sx?$/;
const unreadFolders = new Set(['node_modules', '.git', 'dist']);

/** Reads everything below a folder but installed packages, build output and git's own files. */
export function readTree(root: string): Tree {
  const paths = listFiles(root, '').sort();
  const files = paths
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
  const code = (folders: RegExp) =>
    files
      .filter(({ path }) => folders.test(path) && codeEndings.test(path))
      .map((file) => ({ ...toTextFile(file), syntax: readSyntax(file.path, file.text) }));
  return {
    paths: new Set(paths),
    texts: files.map(toTextFile),
    code: code(codeFolders),
    workspaces: code(workspaceFolders),
    sql: files
      .filter(({ path }) => codeFolders.test(path) && path.endsWith('.sql'))
      .map((file) => ({ ...toTextFile(file), tokens: readSql(file.text) })),
  };
}

function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return unreadFolders.has(entry.name) ? [] : listFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}

function toTextFile({ path, text }: { path: string; text: string }): TextFile {
  return { path, lines: text.replace(/\n$/, '').split('\n') };
}

/** A test may use whatever it examines, wherever it lies. */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}
