// A tree in which nothing is wrong, though every wall has something to look twice at.
import { source, wholeCheck } from './plant.ts';

const kernel = source(
  "import { createHash } from 'node:crypto';",
  "import type { B } from './b.ts';",
  'export interface A { readonly process: string; fetch(): void; console: B }',
  "import 'node:assert/strict';",
  ...['assert', 'buffer', 'events', 'path', 'querystring', 'string_decoder', 'url', 'util'].map(
    (name) => `import * as ${name} from 'node:${name}';`,
  ),
  'export const hash = createHash;',
  'export const any = [AbortSignal.any([]), hash.timeout, util.env];',
  'export const at = (a: A, ms: number) => [a.process, a.console, new Date(ms), Math.max(1, 2)];',
  "export const text = 'TODO: as any, process.env, /* FIXME */ debugger; enum A {}';",
  `// See https://example.org/${'x'.repeat(100)}`,
  'export const setTimer = (performance: number) => performance + 1;',
  'export function three(this: A, a: number, b: number, c: number) { return a + b + c; }',
  `export function sixty() {\n${'  three();\n'.repeat(60)}}`,
  `export const wide = '${'x'.repeat(77)}';`,
  'export class ServiceFile {}',
  'declare global { interface Window { readonly a: 1 } }',
);

// Declarations, members and keys that are called as a global is.
const ownNames = [
  "import { fetch } from './b.ts'; fetch();",
  "import { fetch as a } from './b.ts'; a();",
  'const process = 1; use(process);',
  'const { process } = a; use(process);',
  'const { b: process = 1 } = a; use(process);',
  'const [process] = a; use(process);',
  'const { b, ...process } = a; use(process);',
  'function process() {} process();',
  'function a(process: B) { use(process); }',
  'const a = function process() { process(); };',
  'declare function process(): void; process();',
  'const a = (process: B) => process;',
  'type A = (process: B) => typeof process;',
  'type A = new (process: B) => typeof process;',
  'interface A { (process: B): typeof process }',
  'interface A { fetch(global: B): typeof global; process: string }',
  'try {} catch (process) { use(process); }',
  'class process {} new process();',
  'const a = class process { a = process; };',
  'class A { constructor(private process: B) { use(process); } }',
  'const a = { process: 1, fetch() {} };',
  'class A { process = 1; fetch() {} accessor global = 1; }',
  'abstract class A { abstract process: 1; abstract fetch(): void; }',
  'type A = B.process;',
  'type A = [process: B];',
].map((code, index) => [`src/kernel/name-${index}.ts`, source(code)] as const); // a pair

const query = `-- Sizes and ages of relations since 14,
-- with everything that looks like a relation but is none.
/* SELECT * FROM nowhere; /* and so /* on */*/ still a comment */
with recursive tree (oid, depth) as (
  select c.oid, 0 from pg_catalog.pg_class as c
  union all
  select c.oid, t.depth + 1 from tree as t join pg_catalog.pg_class as c on c.oid = t.oid
), sizes as not materialized (
  select extract(epoch from pg_catalog.now()) as age_s, substring('SELECT' from 1) as word,
    count(*) as many, count(*) filter (where c.oid is distinct from 1) as other,
    2 * 3 as product, E'it\\'s; FROM a' as text, $tag$ FROM b; $tag$ as more, "C".oid as "OID"
  from pg_catalog.pg_class as "C", lateral pg_catalog.unnest(array[1, 2]) as u (n)
  cross join lateral (select 1 as one) as o
  join @extschema:pg_stat_statements@.pg_stat_statements as s using (a, b)
  left join information_schema.tables as t on trim(both from t.table_name) = $1
  join only pg_catalog.pg_index as i on true
  where n in (1, 2) order by 1, 2
)
select s.*, t.depth, o.*, i.* from sizes as s, (select 1 as i) as i,
  (select i.oid from pg_catalog.pg_index as i) as o, tree as t, generate_series(1, 3) as g (n),
  rows from (unnest(array[1]), unnest(array[2])) as r (a, b)
where s.values <> ';' and s.age_s < 0xFF for update of s, t;
`;

const test = source(
  "import { a } from '../../../adapters/a/b.ts';",
  "import { b } from '../../../../test/harness/b.ts';",
  'const now = Date.now();',
  "test('it waits', { skip: now ? false : 'no clock here' }, (t) => t.skip('no server'));",
  `test('it is long', (t) => {\n${'  a();\n'.repeat(100)}});`,
  `t.test('it is long', () => {\n${'  a();\n'.repeat(100)}});`,
);

const main = [
  '#!/usr/bin/env node',
  '// Starts the program.',
  "import { b } from './adapters/a/b.ts';",
  "import { a } from './faces/cli/a.ts';",
  "import '../examples/a/estate.ts';",
  'await import(a(process.env, b));',
  '',
].join('\n');

export const cleanTree: Readonly<Record<string, string>> = {
  'README.md': 'text\n'.repeat(150),
  'docs/guide/a.md': 'A workload runs in /workers and /srv/work; test/work and ~/root are fine.\n',
  'picture.png': '\0TODO',
  'node_modules/a/index.js': 'export default process.env;\n',
  ...Object.fromEntries(ownNames),
  'src/kernel/a.ts': kernel,
  'src/kernel/b.ts': source('export type B = 1;'),
  'src/kernel/c.ts': '// wal_level and what it allows.\n',
  'src/engine/a.ts': source("import { parse } from 'yaml';", "import '../kernel/a.ts';"),
  ...wholeCheck('idle', {
    'check.ts': source(
      "other({ probe: 'a' }); defineCheck({ ...about, id: 'idle', title: 'probe' });",
    ),
    'check.test.ts': test,
    'query.sql': query,
    'query.from-17.sql': '-- The same since 17.\nselect 1 as one;\n',
    'sizes-of-rows.ts': source("import '../../probes/sizes/probe.ts';", "import './check.ts';"),
  }),
  ...wholeCheck('pools', { 'query.sql': '-- What the pools of PgBouncer say.\nshow pools\n' }),
  'src/catalog/probes/sizes/probe.ts': source('export default 1;'),
  'src/catalog/probes/sizes/query.sql': '-- Sizes since 14.\nselect 1 as size_bytes\n',
  'src/adapters/a/b.ts': source("import { readFile } from 'node:fs/promises';", "import 'pg';"),
  'src/adapters/a/c.ts': source(
    "import self, { argv } from 'node:process';",
    "import util, { env } from 'node:util';",
    'use(self.argv, argv, argv.env, util.env, env, process.argv);',
  ),
  'src/adapters/a/service-file.ts': source('export const url = import.meta.resolve(name);'),
  'src/adapters/store/001-create-runs.sql': 'CREATE TABLE runs (id bigint);\n',
  'src/faces/cli/a.ts': source("import './environment.ts';", "console.log('a');"),
  'src/faces/cli/environment.ts': source('export const environment = process.env;'),
  'src/adapters/a/service-file.test.ts': source("import './service-file.ts';"),
  'src/load-catalog.ts': source(
    "import type { A } from './kernel/a.ts';",
    "import 'node:fs';",
    "import 'yaml';",
    "export { a } from './catalog/probes/sizes/probe.ts';",
    'await import(folder);',
  ),
  'src/main.ts': main,
  'examples/a/estate.ts': source(
    "import type { A } from '../../src/kernel/a.ts';",
    "import type { Client } from 'pg';",
    "import { join } from 'node:path';",
    "import { play } from '../play.ts';",
    'export default { a: join };',
  ),
  'scripts/a.ts': '// Writes a list of all units: node scripts/a.ts\nexport {};\n',
  'bench/a.ts': source("import '../src/engine/a.ts';", 'const a = process.env.A ?? Date.now();'),
  'client/a.ts': source("import './b.ts';", "import 'pg';"),
  'console/a.tsx': source("import { b } from './b.tsx';", "import 'react';"),
};
