// What the owner of a target declared about it: the part of a check that no catalogue can tell.

/** Declared facts of one target, parsed from `baselines:` in pgrunbook.yaml. */
export interface Baselines {
  /** Connection pools of the applications that use this server. */
  readonly pools: readonly PoolBaseline[];
  /** Tables that must exist, as schema.table. */
  readonly key_tables: readonly string[];
  /** Tables that must have received a row lately. */
  readonly heartbeats: readonly HeartbeatBaseline[];
  readonly outboxes: readonly OutboxBaseline[];
  /** Named statements with the mean execution time they may take. */
  readonly queries: readonly QueryBaseline[];
  /** application_name of every standby that should be connected. */
  readonly standbys: readonly string[];
  /** Column that names the tenant of a row; null where the target is not multi-tenant. */
  readonly tenant_column: string | null;
  /** Roles that applications log in as. */
  readonly application_roles: readonly string[];
  readonly transactions_per_second: number | null;
  /** Memory of the host, where the database cannot tell. */
  readonly memory_bytes: number | null;
  /** Size of the volume that holds the data directory. */
  readonly disk_bytes: number | null;
  /** Recovery point objective: how much committed work may be lost. */
  readonly recovery_point_ms: number | null;
  /** True where a provider archives WAL outside the server's own settings. */
  readonly has_managed_backup: boolean;
}

export interface PoolBaseline {
  /** application_name, with * for any text. */
  readonly application: string;
  readonly size: number;
  readonly overflow: number;
  /** Worker processes in one instance, each with a pool of its own. */
  readonly workers: number;
  /** Instances (pods, hosts) of the application. */
  readonly instances: number;
}

export interface HeartbeatBaseline {
  readonly table: string;
  /** Column with the time a row was written. */
  readonly column: string;
  readonly within_ms: number;
}

export interface OutboxBaseline {
  readonly table: string;
  readonly status_column: string;
  /** Value of the status column that means: not processed yet. */
  readonly pending: string;
  readonly created_column: string;
  readonly oldest_ms: number;
  readonly most: number;
}

export interface QueryBaseline {
  readonly name: string;
  /** SQL pattern (LIKE) of the normalised statement text. */
  readonly like: string;
  readonly mean_ms: number;
}

/** Nothing declared. */
export const noBaselines: Baselines = {
  pools: [],
  key_tables: [],
  heartbeats: [],
  outboxes: [],
  queries: [],
  standbys: [],
  tenant_column: null,
  application_roles: [],
  transactions_per_second: null,
  memory_bytes: null,
  disk_bytes: null,
  recovery_point_ms: null,
  has_managed_backup: false,
};
