// How values of the wire become values of a row: text stays text where a number would lose digits.
import pg from 'pg';

const builtin = pg.types;

// timestamptz, timestamp, date and interval stay as the server wrote them (ISO), because a
// JavaScript Date keeps only milliseconds; int8 and numeric stay text, read by `number(row, …)`.
const keepAsText = new Set([1184, 1114, 1082, 1186, 20, 1700]);

/** A pg type table for probes. Array types other than the common ones must be cast in SQL. */
export const rowTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (keepAsText.has(oid)) return (value: string) => value;
    return builtin.getTypeParser(oid, format ?? 'text');
  },
} as const;
