// Databases that nobody can dump, because row security binds every role there is.
import { defineCheck } from '../../../kernel/check.ts';
import { list, number, type RawRow } from '../../../kernel/row.ts';
import { names } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';

interface DumpReach {
  readonly tables: number;
  readonly forced: number;
  readonly examples: readonly string[];
  readonly able: readonly string[];
  readonly able_with_row_security: readonly string[];
  readonly exempt_without_select: readonly string[];
}

export default defineCheck({
  id: 'dump-blocked-by-rls',
  group: 'backup',
  title: 'No role can dump the tables with row security',
  why:
    'A dump runs with row_security off, so that no row is left out in silence; where a policy ' +
    'would apply to its role it stops with an error. With forced row security even the owner ' +
    'cannot dump, and on a managed server no superuser is left who could.',
  remedy:
    'Create a role for backups: LOGIN, BYPASSRLS, member of pg_read_all_data. Where the ' +
    'provider grants no BYPASSRLS, give it a policy USING (true) FOR SELECT on every such ' +
    'table and dump with --enable-row-security.',
  nothing: 'no table has row security',
  thresholds: {
    provider_superusers: names(
      ['azuresu', 'azure_superuser', 'rdsadmin', 'cloudsqladmin', 'supabase_admin', 'alloydbadmin'],
      'Superusers of the provider, which nobody else can log in as',
      'the roles that Azure, RDS, Cloud SQL, Supabase and AlloyDB keep for themselves',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_dump, --enable-row-security',
    'django-dbbackup#496; windmill-helm-charts#57: BYPASSRLS on a managed server',
  ],
  parameters: ({ thresholds }) => [thresholds.provider_superusers],
  parse: (row: RawRow): DumpReach => ({
    tables: number(row, 'tables'),
    forced: number(row, 'forced'),
    examples: list(row, 'examples'),
    able: list(row, 'able'),
    able_with_row_security: list(row, 'able_with_row_security'),
    exempt_without_select: list(row, 'exempt_without_select'),
  }),
  judge({ rows, examined }, { baselines, server }) {
    const blocked = rows.filter(
      ({ able, able_with_row_security }) => able.length + able_with_row_security.length === 0,
    );
    return {
      examined,
      findings: blocked.map((reach) => {
        const partly = reach.exempt_without_select;
        return {
          object: server.database,
          // A provider's own backup restores the server; a dump is then the second way out.
          severity: baselines.has_managed_backup ? 'warning' : 'critical',
          summary:
            `no login role can dump ${plural(reach.tables, 'table')} with row security ` +
            `(${reach.examples.join(', ')})` +
            (partly.length > 0 ? `; ${partly.join(', ')} may bypass it but not read all` : ''),
          evidence: {
            tables: reach.tables,
            forced_tables: reach.forced,
            exempt_roles_without_select: partly.join(', ') || null,
          },
        };
      }),
    };
  },
});
