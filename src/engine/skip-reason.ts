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
    lacks(needs, server)[0] ??
    missingHistory(needs, around.previous) ??
    unconfigured(entry, around)
  );
}

function deselected(entry: CatalogCheck, selection: Selection): Skip | undefined {
  const { id, group, needs } = entry.check;
  const { only, skip, fast_lane_only } = selection;
  const named = (list: readonly string[]) => list.includes(id) || list.includes(group);
  const left_out = (only.length > 0 && !named(only)) || named(skip);
  if (left_out) return { reason_code: 'deselected', reason: 'left out by --only or --skip' };
  if (needs.on_request && !only.includes(id)) {
    return { reason_code: 'on-request', reason: `reads whole relations: --only ${id}` };
  }
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

/** Every extension and privilege that is missing, each with the statement that would help. */
export function lacks(needs: Needs, server: Server): readonly Skip[] {
  const extensions = (needs.extensions ?? [])
    .filter((name) => server.extensions[name] === undefined)
    .map((name) => ({
      reason_code: 'needs-extension' as const,
      reason: `${name} is not installed`,
      unlocked_by: `create extension ${name}`,
    }));
  return server.is_superuser ? extensions : [...extensions, ...missingPrivileges(needs, server)];
}

function missingPrivileges(needs: Needs, server: Server): readonly Skip[] {
  const user = quoteIdentifier(server.user);
  const reason_code = 'needs-privilege' as const;
  const { privilege, functions = [] } = needs;
  if (privilege === 'superuser') return [{ reason_code, reason: 'needs a superuser' }];
  // pg_monitor is the role made for this: it contains the others and may call most functions.
  const membership = `grant pg_monitor to ${user}`;
  const role =
    privilege === undefined || server.roles.includes(privilege)
      ? []
      : [{ reason_code, reason: `needs ${privilege}: ${membership}`, unlocked_by: membership }];
  const denied = functions
    .filter((name) => !server.functions.includes(name))
    .map((name) => {
      const unlocked_by = server.monitor_functions.includes(name)
        ? membership
        : `grant execute on function ${name} to ${user}`;
      return { reason_code, reason: unlocked_by, unlocked_by };
    });
  return [...role, ...denied];
}

function missingHistory(needs: Needs, previous: Surroundings['previous']): Skip | undefined {
  if (!needs.history || previous !== undefined) return undefined;
  return {
    reason_code: 'needs-history',
    reason: 'needs history: counters mean something only between two samples (--window 30s)',
  };
}

const beside = {
  pgbouncer: 'no PgBouncer console is configured for this target (pgbouncer: in pgrunbook.yaml)',
  exporter: 'no exporter is configured for this target (exporter: in pgrunbook.yaml)',
} as const;

function unconfigured(entry: CatalogCheck, around: Surroundings): Skip | undefined {
  const { source } = entry.probe;
  if (source !== 'postgres' && around.session[source] === undefined) {
    return { reason_code: 'needs-configuration', reason: beside[source] };
  }
  const reason = entry.check.unconfigured(around.baselines);
  return reason === undefined ? undefined : { reason_code: 'needs-configuration', reason };
}
