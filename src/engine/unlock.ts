// Which checks a role cannot run on a target, and the statements that would unlock them.

import { noBaselines } from '../kernel/baselines.ts';
import type { Catalog } from '../kernel/catalog.ts';
import type { TargetSession } from '../kernel/session.ts';
import { skipReason } from './skip-reason.ts';

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
export function readiness(session: TargetSession, catalog: Catalog): Readiness {
  const selection = { only: [], skip: [], fast_lane_only: false };
  const around = { session, selection, baselines: noBaselines };
  const locked = catalog.checks.flatMap((entry) => {
    const skip = skipReason(entry, around);
    const isLocked =
      skip?.reason_code === 'needs-privilege' || skip?.reason_code === 'needs-extension';
    return isLocked ? [{ id: entry.check.id, ...skip }] : [];
  });
  const groups = Map.groupBy(locked, ({ unlocked_by, reason }) => unlocked_by ?? reason);
  const unlocks = [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { unlocked_by, reason } = first;
    return [{ statement: unlocked_by ?? null, reason, checks: members.map(({ id }) => id) }];
  });
  return {
    ready: catalog.checks.length - locked.length,
    unlocks: unlocks.toSorted((a, b) => b.checks.length - a.checks.length),
  };
}
