// Tables that hold the rows of many tenants without row security.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { list, number, type RawRow, text } from '../../../kernel/row.ts';

interface TenantTable {
  readonly name: string;
  readonly owner: string;
  readonly estimated_rows: number;
  /** Declared application roles, or all grantees where none is declared. */
  readonly granted_to: readonly string[];
}

export default defineCheck({
  id: 'rls-disabled-tenant-table',
  group: 'row-level-security',
  title: 'Tenant tables without row security',
  why:
    'The table has the tenant column but the database does not use it: one forgotten WHERE in ' +
    'the application, or one injection, shows the rows of every tenant.',
  remedy:
    'Enable and force row security and create a policy on the tenant column, in one ' +
    'transaction; prove it with two tenants before the application relies on it.',
  nothing: 'no table has the declared tenant column',
  thresholds: {},
  sources: ['PostgreSQL manual, Row Security Policies', 'splinter 0013 rls_disabled_in_public'],
  unconfigured: ({ tenant_column }) =>
    tenant_column === null
      ? 'no tenant column is declared (baselines.tenant_column in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) => [baselines.tenant_column, baselines.application_roles],
  parse: (row: RawRow): TenantTable => ({
    name: text(row, 'table'),
    owner: text(row, 'owner'),
    estimated_rows: number(row, 'estimated_rows'),
    granted_to: list(row, 'granted_to'),
  }),
  judge({ rows, examined }, { baselines }) {
    const isDeclared = baselines.application_roles.length > 0;
    return {
      examined,
      findings: rows.map((table) => finding(table, baselines.tenant_column ?? '', isDeclared)),
    };
  },
});

function finding(table: TenantTable, column: string, isDeclared: boolean): FindingDraft {
  const isReached = table.granted_to.length > 0;
  const who = table.granted_to.join(', ');
  return {
    object: table.name,
    // Only its owner reaches it: no harm where applications are declared, unknown where not.
    severity: isReached ? 'critical' : isDeclared ? 'info' : 'warning',
    summary:
      `${table.name} has the tenant column ${column} but no row security` +
      (isReached ? `: ${who} reaches the rows of all tenants` : ''),
    evidence: {
      tenant_column: column,
      granted_to: who || null,
      owner: table.owner,
      estimated_rows: table.estimated_rows,
    },
  };
}
