// pgrunbook.yaml as the rest of the product uses it: parsed, in base units, with its origin.
import type { Baselines } from '../kernel/baselines.ts';
import { noBaselines } from '../kernel/baselines.ts';
import type { Thresholds } from '../kernel/check.ts';
import { parseDuration, parseSize } from '../kernel/units.ts';
import type { WrittenBaselines, WrittenConfig } from './config-schema.ts';

export interface Config {
  /** The file it was read from; null where there is none. */
  readonly file: string | null;
  readonly targets: Readonly<Record<string, TargetConfig>>;
  readonly thresholds: Readonly<Record<string, Thresholds>>;
  readonly schedules: NonNullable<WrittenConfig['schedules']>;
  readonly policy: NonNullable<WrittenConfig['policy']>;
}

export interface TargetConfig {
  readonly name: string;
  readonly connection: string;
  /** A reference: passfile, env:NAME or file:PATH. */
  readonly password: string | null;
  readonly pgbouncer: string | null;
  readonly exporter: string | null;
  readonly environment: string | null;
  /** By check, in base units, the target's own over the global ones. */
  readonly thresholds: Readonly<Record<string, Thresholds>>;
  readonly skip: readonly string[];
  readonly baselines: Baselines;
}

/** What holds where there is no file. */
export const noConfig: Config = {
  file: null,
  targets: {},
  thresholds: {},
  schedules: [],
  policy: [],
};

/** Baselines in base units; what was not declared is as in `noBaselines`. */
export function toBaselines(written: WrittenBaselines | undefined): Baselines {
  if (written === undefined) return noBaselines;
  const milliseconds = (text: string) => parseDuration(text) ?? 0; // the schema has its form
  return {
    pools: (written.pools ?? []).map((pool) => ({
      overflow: 0,
      workers: 1,
      instances: 1,
      ...pool,
    })),
    key_tables: written.key_tables ?? [],
    heartbeats: (written.heartbeats ?? []).map(({ within, ...rest }) => ({
      ...rest,
      within_ms: milliseconds(within),
    })),
    outboxes: (written.outboxes ?? []).map(({ oldest, ...rest }) => ({
      ...rest,
      oldest_ms: milliseconds(oldest),
    })),
    queries: (written.queries ?? []).map(({ mean, ...rest }) => ({
      ...rest,
      mean_ms: milliseconds(mean),
    })),
    standbys: written.standbys ?? [],
    tenant_column: written.tenant_column ?? null,
    application_roles: written.application_roles ?? [],
    transactions_per_second: written.transactions_per_second ?? null,
    memory_bytes: written.memory === undefined ? null : (parseSize(written.memory) ?? null),
    disk_bytes: written.disk === undefined ? null : (parseSize(written.disk) ?? null),
    recovery_point_ms:
      written.recovery_point === undefined ? null : milliseconds(written.recovery_point),
    has_managed_backup: written.managed_backup ?? false,
  };
}
