// A database with very many objects, for limits that only show at size.
import type pg from 'pg';

export interface CatalogSize {
  readonly tables: number;
  readonly indexes_per_table: number;
  readonly partitions: number;
}

// Locks of one transaction are limited, so objects are made in batches of this many.
const batch = 500;

/** Makes the objects in schema `large`, empty, and analyses the catalogue. */
export async function makeLargeCatalog(admin: pg.Client, size: CatalogSize): Promise<void> {
  await admin.query('create schema large');
  await admin.query(`create table large.parted (id bigint, at date) partition by range (id)`);
  for (let first = 1; first <= size.tables; first += batch) {
    await admin.query(tables(first, Math.min(first + batch - 1, size.tables), size));
  }
  for (let first = 1; first <= size.partitions; first += batch) {
    await admin.query(partitions(first, Math.min(first + batch - 1, size.partitions)));
  }
  await admin.query('vacuum (analyze) pg_catalog.pg_class');
  await admin.query('vacuum (analyze) pg_catalog.pg_attribute');
  await admin.query('vacuum (analyze) pg_catalog.pg_index');
  await admin.query('vacuum (analyze) pg_catalog.pg_constraint');
  await admin.query('vacuum (analyze) pg_catalog.pg_depend');
}

// No column is wide enough for a TOAST table, which would double the work of making all this.
// A primary key is the first index of a table; the others are secondary.
function tables(first: number, last: number, size: CatalogSize): string {
  const secondary = ['a', 'b', 'c', 'd'].slice(0, size.indexes_per_table - 1);
  const create = secondary.map(
    (column) => `execute format('create index on large.t%s (${column})', i);`,
  );
  return `do $$ begin for i in ${first}..${last} loop
    execute format('create table large.t%s
      (id bigint primary key, a bigint, b varchar(16), c timestamptz, d uuid)', i);
    ${create.join('\n    ')}
  end loop; end $$`;
}

function partitions(first: number, last: number): string {
  return `do $$ begin for i in ${first}..${last} loop
    execute format('create table large.p%s partition of large.parted for values from (%s) to (%s)',
      i, i, i + 1);
  end loop; end $$`;
}
