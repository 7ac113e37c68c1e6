// The one place where an identifier becomes SQL text.
import type { Server } from './model.ts';

/** The identifier in double quotes, as quote_ident would write a hostile one. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Replaces `@extschema:NAME@` by the schema that the extension lives in, as PostgreSQL does in
 * extension scripts: with an empty search_path there is no other way to name its views.
 */
export function substituteSchemas(sql: string, extensions: Server['extensions']): string {
  return sql.replace(/@extschema:([a-z0-9_-]+)@/g, (_found, name: string) =>
    quoteIdentifier(extensions[name]?.schema ?? 'public'),
  );
}
