// Reading one row of a probe: every column is unknown until it was parsed here.
import { RunbookError } from './errors.ts';

/** A row as the driver gave it: column name to text, number, boolean, null or array. */
export type RawRow = Readonly<Record<string, unknown>>;

/** The column as text. */
export function text(row: RawRow, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw wrongColumn(row, column, 'text');
}

/** The column as a number: int, bigint, numeric and float alike; exact up to 2^53. */
export function number(row: RawRow, column: string): number {
  const value = row[column];
  const parsed = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof parsed === 'number' && !Number.isNaN(parsed)) return parsed;
  throw wrongColumn(row, column, 'a number');
}

/** The column as a boolean. */
export function boolean(row: RawRow, column: string): boolean {
  const value = row[column];
  if (typeof value === 'boolean') return value;
  throw wrongColumn(row, column, 'a boolean');
}

/** The column as a list of texts: text[], name[], int[] alike. */
export function list(row: RawRow, column: string): readonly string[] {
  const value = row[column];
  if (Array.isArray(value)) return value.map((item) => String(item));
  throw wrongColumn(row, column, 'a list');
}

/** The column as text, or null where the server answered null. */
export function textOrNull(row: RawRow, column: string): string | null {
  return isNull(row, column) ? null : text(row, column);
}

/** The column as a number, or null where the server answered null. */
export function numberOrNull(row: RawRow, column: string): number | null {
  return isNull(row, column) ? null : number(row, column);
}

/** The column as a boolean, or null where the server answered null. */
export function booleanOrNull(row: RawRow, column: string): boolean | null {
  return isNull(row, column) ? null : boolean(row, column);
}

function isNull(row: RawRow, column: string): boolean {
  if (!(column in row)) throw wrongColumn(row, column, 'present');
  return row[column] === null;
}

function wrongColumn(row: RawRow, column: string, expected: string): RunbookError {
  const found = column in row ? typeof row[column] : 'absent';
  return new RunbookError('bug/catalog', {
    what: `column ${column} of a probe should be ${expected} but is ${found}`,
  });
}
