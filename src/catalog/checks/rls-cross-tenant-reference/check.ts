// Foreign keys that let a row point at a row of another tenant.
import { defineCheck } from '../../../kernel/check.ts';
import { type RawRow, text } from '../../../kernel/row.ts';

interface Reference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly on_delete: string;
}

export default defineCheck({
  id: 'rls-cross-tenant-reference',
  group: 'row-level-security',
  title: 'Foreign keys that cross tenants',
  why:
    'A foreign key is checked without policies. A tenant may point at a row of another tenant, ' +
    'learns by that whether it exists, and when the other deletes it, ON DELETE CASCADE deletes ' +
    'across the border.',
  remedy:
    'Make the tenant part of the key: a unique key (tenant_id, id) on the referenced table and ' +
    'a foreign key (tenant_id, order_id) on it; add it NOT VALID and validate later.',
  nothing: 'no foreign key joins two tables with row security and the tenant column',
  thresholds: {},
  sources: ['PostgreSQL manual, Row Security Policies: referential integrity bypasses them'],
  unconfigured: ({ tenant_column }) =>
    tenant_column === null
      ? 'no tenant column is declared (baselines.tenant_column in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) => [baselines.tenant_column],
  parse: (row: RawRow): Reference => ({
    name: text(row, 'name'),
    from: text(row, 'from'),
    to: text(row, 'to'),
    on_delete: text(row, 'on_delete'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, from, to, on_delete }) => {
      const isWriting = ['CASCADE', 'SET NULL', 'SET DEFAULT'].includes(on_delete);
      return {
        object: `${name} on ${from}`,
        severity: isWriting ? 'warning' : 'info',
        summary:
          `foreign key ${name} lets a row of ${from} point at a row of ${to} of another tenant` +
          (isWriting ? `, and ON DELETE ${on_delete} then writes across tenants` : ''),
        evidence: { from, to, on_delete },
      };
    }),
  }),
});
