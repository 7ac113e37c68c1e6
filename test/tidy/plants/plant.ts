// What a planted violation is: files in which one wall is broken, and what that wall must say.
import type { Wall } from '../wall.ts';

export interface Plant {
  /** What is wrong, as a noun phrase for the name of the test. */
  readonly what: string;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
  /** "path:line: problem" of every violation, in order; none other may be reported. */
  readonly reports: readonly string[];
}

export interface Planted {
  readonly wall: Wall;
  readonly plants: readonly Plant[];
}

/** A source file with the first line it needs; the given code begins on line 2. */
export function source(...lines: readonly string[]): string {
  return `${['// A file that stands in a planted tree.', ...lines].join('\n')}\n`;
}

/** A plant of one source file. */
export function inFile(path: string, [what, code, ...reports]: FileLine): Plant {
  return {
    what,
    files: { [path]: source(code) },
    reports: reports.map((report) => `${path}:${report}`),
  };
}

/** What is wrong, the code, and the reports without the path. */
export type FileLine = readonly [what: string, code: string, ...reports: readonly string[]];

/** Every file of a check that is whole. */
export function wholeCheck(id: string, files: Readonly<Record<string, string>> = {}) {
  const whole = {
    'check.ts': source('export const query = 1;'),
    'check.md': `# ${id}\n`,
    'check.test.ts': source("test('it finds', () => {});"),
    'query.sql':
      '-- Every database, since 14.\nselect d.datname from pg_catalog.pg_database as d\n',
  };
  return Object.fromEntries(
    Object.entries({ ...whole, ...files }).map(([name, text]) => [
      `src/catalog/checks/${id}/${name}`,
      text,
    ]),
  );
}
