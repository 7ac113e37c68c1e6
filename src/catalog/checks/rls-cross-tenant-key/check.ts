// Unique keys that hold over all tenants, so that one tenant can feel the rows of another.
import { defineCheck } from '../../../kernel/check.ts';
import { type RawRow, text } from '../../../kernel/row.ts';

interface Key {
  readonly index: string;
  readonly table: string;
  readonly columns: string;
}

export default defineCheck({
  id: 'rls-cross-tenant-key',
  group: 'row-level-security',
  title: 'Unique keys over all tenants',
  why:
    'A unique key is checked without policies: the error of a duplicate tells a tenant that ' +
    'another one has that value, and whoever comes first keeps the others from using it.',
  remedy:
    'Put the tenant column first in the key. Where a value must be unique over all tenants (a ' +
    'login name), accept the finding and say why.',
  nothing: 'no table with row security and the tenant column has a unique key',
  thresholds: {},
  sources: ['PostgreSQL manual, Row Security Policies: covert channels by constraints'],
  unconfigured: ({ tenant_column }) =>
    tenant_column === null
      ? 'no tenant column is declared (baselines.tenant_column in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) => [baselines.tenant_column],
  parse: (row: RawRow): Key => ({
    index: text(row, 'index'),
    table: text(row, 'table'),
    columns: text(row, 'columns'),
  }),
  judge: ({ rows, examined }, { baselines }) => ({
    examined,
    findings: rows.map(({ index, table, columns }) => ({
      object: index,
      severity: 'info',
      summary:
        `unique index ${index} on ${table} (${columns}) leaves ${baselines.tenant_column} out: ` +
        'a duplicate shows that another tenant has the value',
      evidence: { table, columns },
    })),
  }),
});
