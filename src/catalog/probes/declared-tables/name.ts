// How a table's name in the configuration is read: as SQL would read it.

export interface TableName {
  readonly schema: string;
  readonly table: string;
}

const twoIdentifiers = /^\s*("(?:[^"]|"")+"|[^".\s]+)\s*\.\s*("(?:[^"]|"")+"|[^".\s]+)\s*$/;

/**
 * `public.Orders` names the table orders, `public."Orders"` the other one. What SQL could not read
 * is taken as it stands, divided at the first dot.
 */
export function parseTableName(written: string): TableName {
  const [, schema, table] = twoIdentifiers.exec(written) ?? [];
  if (schema !== undefined && table !== undefined) {
    return { schema: identifier(schema), table: identifier(table) };
  }
  const dot = written.indexOf('.');
  return { schema: written.slice(0, dot), table: written.slice(dot + 1) };
}

// Only ASCII letters are folded, as the server does it.
function identifier(written: string): string {
  if (written.startsWith('"')) return written.slice(1, -1).replaceAll('""', '"');
  return written.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
