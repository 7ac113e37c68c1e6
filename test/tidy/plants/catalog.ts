// Planted violations in catalogue folders: missing and odd files, and SQL against the style.
import { catalogFoldersWall } from '../walls/catalog-folders.ts';
import { catalogSqlWall } from '../walls/catalog-sql.ts';
import { type Plant, type Planted, source, wholeCheck } from './plant.ts';

const folder = 'src/catalog/checks/idle';

function without(...names: readonly string[]): Plant['files'] {
  const gone = names.map((name) => `${folder}/${name}`);
  return Object.fromEntries(
    Object.entries(wholeCheck('idle')).filter(([path]) => !gone.includes(path)),
  );
}

const odd = ['query.txt', 'query.from-9.sql', 'query-two.sql', 'notes.md'];
const probing = {
  [`${folder}/check.ts`]: source("export default defineCheck({ probe: 'sizes' });"),
};

const folderPlants: Planted = {
  wall: catalogFoldersWall,
  plants: [
    ...['check.md', 'check.test.ts', 'check.ts'].map((name) => ({
      what: `a check without ${name}`,
      files: without(name),
      reports: [`${folder}/${name}:1: missing`],
    })),
    {
      what: 'a check without a query',
      files: without('query.sql'),
      reports: [`${folder}/check.ts:1: no query.sql and no shared probe`],
    },
    {
      what: 'a check that names a shared probe which is not there',
      files: { ...without('query.sql'), ...probing },
      reports: [`${folder}/check.ts:1: there is no shared probe sizes`],
    },
    {
      what: 'a check with a query and a shared probe',
      files: { ...wholeCheck('idle'), ...probing },
      reports: [`${folder}/check.ts:1: both a query and a shared probe`],
    },
    ...odd.map((name) => ({
      what: `a check with ${name}`,
      files: wholeCheck('idle', { [name]: '-- A file that does not belong.\nselect 1\n' }),
      reports: [`${folder}/${name}:1: not a file of a check`],
    })),
    {
      what: 'a folder in a check',
      files: wholeCheck('idle', { 'more/a.ts': source() }),
      reports: [`${folder}/more/a.ts:1: not a file of a check`],
    },
    {
      what: 'a file beside the checks',
      files: { 'src/catalog/checks/a.ts': source() },
      reports: ['src/catalog/checks/a.ts:1: a file beside the checks'],
    },
  ],
};

const queries: readonly (readonly [sql: string, ...reports: readonly string[]])[] = [
  ['', '1: no statement'],
  ['select 1;\nselect 2', '3: a second statement'],
  ['SELECT 1', '2: SELECT in upper case'],
  ['select 1\nFrom pg_catalog.pg_class', '3: From in upper case'],
  ['select *\nfrom pg_catalog.pg_class', '2: select *'],
  ['select c.*, 1 from pg_catalog.pg_class as c', '2: select *'],
  ['select pg_class.* from pg_catalog.pg_class', '2: select *'],
  ['select c.*, 1 from pg_catalog.pg_class c join pg_catalog.pg_index as i on true', '2: select *'],
  ['select 1 from (select c.* from pg_catalog.pg_class as c) as c', '2: select *'],
  ['with a as (select 1 as b) select * from a', '2: select *'],
  ['select distinct on (a) * from pg_catalog.pg_class', '2: select *'],
  ['select 1 where exists (select * from pg_catalog.pg_class)', '2: select *'],
  ['select c.relname\nfrom pg_class as c', '3: relation pg_class'],
  ['select 1 from "pg_class"', '2: relation pg_class'],
  ['select 1 from public.a', '2: relation public.a'],
  ['select 1 from only a', '2: relation a'],
  ['select 1 from pg_catalog.pg_class as c, a', '2: relation a'],
  ['select 1 from pg_catalog.pg_class as c\njoin a on true', '3: relation a'],
  [
    'select 1 from pg_catalog.pg_class as c left join lateral (select 1 from a) as b on true',
    '2: relation a',
  ],
  ['select 1 from (a join b on true)', '2: relation a', '2: relation b'],
  ['select 1 where 1 in (select x from a)', '2: relation a'],
  ['with a as (select 1 from b) select 1 from a', '2: relation b'],
  ['with a as (select 1) select 1 from a, c', '2: relation c'],
  ['select (select 1 from a), 2', '2: relation a'],
  ['select 1 from pg_catalog.pg_class union all select 1 from a', '2: relation a'],
  ['select 1 from f(1) with ordinality as f join a on true', '2: relation a'],
  ['select 1 from f(1, 2) as f, a', '2: relation a'],
];

const sqlPlants: Planted = {
  wall: catalogSqlWall,
  plants: queries.map(([sql, ...reports]) => ({
    what: `the query ${JSON.stringify(sql)}`,
    files: wholeCheck('idle', { 'query.sql': `-- A query, since 14.\n${sql}\n` }),
    reports: reports.map((report) => `${folder}/query.sql:${report}`),
  })),
};

export const catalogPlants: readonly Planted[] = [folderPlants, sqlPlants];
