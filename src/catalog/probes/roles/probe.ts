// Roles that are exempt from rules, may reach the host, or whose password ends.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, list, number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';

export default defineProbe({ id: 'roles', row_limit: 1_000 });

export interface Role {
  readonly name: string;
  readonly is_superuser: boolean;
  /** True for the superuser that initdb made, whatever its name. */
  readonly is_bootstrap: boolean;
  readonly has_bypassrls: boolean;
  readonly can_login: boolean;
  readonly sessions: number;
  /** Negative where the password has expired; null where it never does. */
  readonly expires_in_ms: number | null;
  /** Predefined roles with access to the host that it is a member of, directly or not. */
  readonly powers: readonly string[];
}

export function parseRole(row: RawRow): Role {
  return {
    name: text(row, 'name'),
    is_superuser: boolean(row, 'is_superuser'),
    is_bootstrap: boolean(row, 'is_bootstrap'),
    has_bypassrls: boolean(row, 'has_bypassrls'),
    can_login: boolean(row, 'can_login'),
    sessions: number(row, 'sessions'),
    expires_in_ms: numberOrNull(row, 'expires_in_ms'),
    powers: list(row, 'powers'),
  };
}

/** Administrators that a provider keeps for itself or gives its customers. */
export const provider_roles: readonly string[] = [
  'alloydbadmin',
  'azure_pg_admin',
  'azuresu',
  'cloudsqladmin',
  'cloudsqlsuperuser',
  'rds_superuser',
  'rdsadmin',
  'supabase_admin',
];

/** Where `provider_roles` comes from. */
export const provider_source = 'roles that Azure, Cloud SQL, AlloyDB, RDS and Supabase create';
