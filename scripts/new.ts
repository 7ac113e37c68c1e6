// Scaffolds a catalogue folder: npm run new -- check ID.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [kind, id] = process.argv.slice(2);
const isName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id ?? '');
if (kind !== 'check' || id === undefined || !isName) {
  process.stderr.write('usage: npm run new -- check ID (lower case words with hyphens)\n');
  process.exit(2);
}

const folder = join(import.meta.dirname, '..', 'src', 'catalog', 'checks', id);
const title = `${id.slice(0, 1).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;

const files = {
  'check.ts': `// ${title}: say in one sentence what this check is for.
import { defineCheck } from '../../../kernel/check.ts';
import { type RawRow, number, text } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';

export default defineCheck({
  id: '${id}',
  group: 'tables',
  title: '${title}',
  why: 'Say why it matters to somebody who was woken by it.',
  remedy: 'Say what to do, in the order to do it.',
  nothing: 'there is no table',
  thresholds: {
    warning_count: amount(1, 'From so many on it is a warning', 'where the number comes from'),
  },
  sources: ['the chapter of the manual'],
  parameters: ({ thresholds }) => [thresholds.warning_count],
  parse: (row: RawRow) => ({ object: text(row, 'object'), count: number(row, 'count') }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ object, count }) => ({
      object,
      severity: 'warning',
      summary: \`\${object} has \${count} of them\`,
      evidence: { count },
    })),
  }),
});
`,
  'query.sql': `-- Say what the rows are, and since which version the query works.
select c.examined, f.object, f.count
from (
  select count(*) as examined
  from pg_catalog.pg_class as r
  where r.relkind = 'r' and r.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace
) as c
left join (
  select pg_catalog.format('%I.%I', n.nspname, r.relname) as object, r.relnatts as count
  from pg_catalog.pg_class as r
  join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
  where r.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and r.relnatts >= $1::int
  order by r.relnatts desc
  limit 100
) as f on true
`,
  'check.md': `# ${title}

## What

## Why

## Do

## When it is wrong

## Thresholds

\`warning_count\`: from so many on it is a warning.

## Sources
`,
  'check.test.ts': `// Say as a sentence what the test shows: clean, broken, fixed.
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('${id}', {}, async ({ admin, isOk, finds }) => {
  await admin.query('create table narrow ()');
  await isOk();
  await admin.query('create table broken (id bigint)');
  await finds(['public.broken']);
  await admin.query('drop table broken');
  await isOk();
});
`,
};

await mkdir(folder);
for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
process.stdout.write(`${folder}\nFill in the texts, then see the test fail and pass.\n`);
