// Which checks a role cannot run on a target, and the statements that would unlock them.
import type { Catalog } from '../kernel/catalog.ts';
import type { TargetSession } from '../kernel/session.ts';
import { lacks } from './skip-reason.ts';

export interface Unlock {
  /** A statement for a superuser; null where no statement would help. */
  readonly statement: string | null;
  readonly reason: string;
  /** Ids of the checks concerned. */
  readonly checks: readonly string[];
}

export interface Readiness {
  /** Checks that need nothing more on this target. */
  readonly ready: number;
  readonly unlocks: readonly Unlock[];
}

/** Looks at privileges and extensions only: what a role change or an extension would unlock. */
export function readiness({ server }: TargetSession, catalog: Catalog): Readiness {
  const major = Math.trunc(server.version_num / 10_000);
  const wanted = catalog.checks.filter(({ check }) => major >= (check.needs.since ?? 0));
  const locked = wanted.flatMap(({ check }) =>
    lacks(check.needs, server).map((lack) => ({ id: check.id, ...lack })),
  );
  const groups = Map.groupBy(locked, ({ unlocked_by, reason }) => unlocked_by ?? reason);
  const unlocks = [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { unlocked_by, reason } = first;
    const checks = [...new Set(members.map(({ id }) => id))];
    return [{ statement: unlocked_by ?? null, reason: unlocked_by ?? reason, checks }];
  });
  return {
    ready: catalog.checks.length - new Set(locked.map(({ id }) => id)).size,
    unlocks: unlocks.toSorted((a, b) => b.checks.length - a.checks.length),
  };
}
