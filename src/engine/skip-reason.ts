// Why a check is not worth asking on this target, in words that say what would unlock it.
import type { Baselines } from '../kernel/baselines.ts';
import { type CatalogCheck, statementFor } from '../kernel/catalog.ts';
import { quoteIdentifier } from '../kernel/identifiers.ts';
import type { Needs, Server, SkipCode } from '../kernel/model.ts';
import type { TargetSession } from '../kernel/session.ts';

/** Which checks the user asked for. */
export interface Selection {
  /** Ids or groups; empty means all. A check named by id runs even if it only runs on request. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly fast_lane_only: boolean;
}

export interface Skip {
  readonly reason: string;
  readonly reason_code: SkipCode;
  /** The statement of a superuser that would unlock the check, where one would. */
  readonly unlocked_by?: string;
}

interface Surroundings {
  readonly session: TargetSession;
  readonly selection: Selection;
  readonly baselines: Baselines;
  readonly previous?: ReadonlyMap<string, unknown>;
}

/** The first reason that holds, or undefined where the check should be asked. */
export function skipReason(entry: CatalogCheck, around: Surroundings): Skip | undefined {
  const { server } = around.session;
  const { needs } = entry.check;
  return (
    deselected(entry, around.selection) ??
    wrongServer(entry, server) ??
    wrongRole(needs, server) ??
    missingExtension(needs, server) ??
    missingPrivilege(needs, server) ??
    missingHistory(needs, around.previous) ??
    unconfigured(entry, around)
  );
}

function deselected(entry: CatalogCheck, selection: Selection): Skip | undefined {
  const { id, group, needs } = entry.check;
  const { only, skip, fast_lane_only } = selection;
  const named = (list: readonly string[]) => list.includes(id) || list.includes(group);
  if (needs.on_request && !only.includes(id)) {
    return { reason_code: 'on-request', reason: `reads whole relations: --only ${id}` };
  }
  const left_out = (only.length > 0 && !named(only)) || named(skip);
  if (left_out) return { reason_code: 'deselected', reason: 'left out by --only or --skip' };
  if (fast_lane_only && entry.probe.lane === 'slow') {
    return { reason_code: 'deselected', reason: 'on the slow lane, left out by --fast' };
  }
  return undefined;
}

function wrongServer({ check, probe }: CatalogCheck, server: Server): Skip | undefined {
  const major = Math.trunc(server.version_num / 10_000);
  const since = check.needs.since ?? 0;
  if (major >= since && statementFor(probe, major) !== undefined) return undefined;
  const first = Math.max(since, probe.statements[0]?.since ?? 0);
  return { reason_code: 'needs-version', reason: `needs PostgreSQL ${first} or newer` };
}

function wrongRole({ role }: Needs, server: Server): Skip | undefined {
  const is = server.is_in_recovery ? 'standby' : 'primary';
  if (role === undefined || role === is) return undefined;
  return { reason_code: 'needs-role', reason: `concerns a ${role}; this server is a ${is}` };
}

function missingExtension({ extensions = [] }: Needs, server: Server): Skip | undefined {
  const missing = extensions.find((name) => server.extensions[name] === undefined);
  if (missing === undefined) return undefined;
  return {
    reason_code: 'needs-extension',
    reason: `${missing} is not installed`,
    unlocked_by: `create extension ${missing}`,
  };
}

function missingPrivilege(needs: Needs, server: Server): Skip | undefined {
  if (server.is_superuser) return undefined;
  const user = quoteIdentifier(server.user);
  const { privilege, functions = [] } = needs;
  if (privilege === 'superuser') {
    return { reason_code: 'needs-privilege', reason: 'needs a superuser' };
  }
  if (privilege !== undefined && !server.roles.includes(privilege)) {
    // pg_monitor is the role made for this; it contains the two others.
    const unlocked_by = `grant pg_monitor to ${user}`;
    return {
      reason_code: 'needs-privilege',
      reason: `needs ${privilege}: ${unlocked_by}`,
      unlocked_by,
    };
  }
  const denied = functions.find((name) => !server.functions.includes(name));
  if (denied === undefined) return undefined;
  const unlocked_by = `grant execute on function ${denied} to ${user}`;
  return { reason_code: 'needs-privilege', reason: unlocked_by, unlocked_by };
}

function missingHistory(needs: Needs, previous: Surroundings['previous']): Skip | undefined {
  if (!needs.history || previous !== undefined) return undefined;
  return {
    reason_code: 'needs-history',
    reason: 'needs history: counters mean something only between two samples (--window 30s)',
  };
}

function unconfigured(entry: CatalogCheck, around: Surroundings): Skip | undefined {
  if (entry.probe.source === 'pgbouncer' && around.session.pgbouncer === undefined) {
    return {
      reason_code: 'needs-configuration',
      reason: 'no PgBouncer console is configured for this target (pgbouncer: in pgrunbook.yaml)',
    };
  }
  const reason = entry.check.unconfigured(around.baselines);
  return reason === undefined ? undefined : { reason_code: 'needs-configuration', reason };
}
