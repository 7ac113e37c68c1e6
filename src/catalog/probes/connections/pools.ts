// Declared pools of applications: how many sessions they may open, and which ones are theirs.
import type { PoolBaseline } from '../../../kernel/baselines.ts';
import type { SessionGroup } from './probe.ts';

/** Every worker process of every instance has a pool of its own, and may use its overflow. */
export function capacityOf({ size, overflow, workers, instances }: PoolBaseline): number {
  return (size + overflow) * workers * instances;
}

/** The groups whose application_name fits the pool's pattern, in which * stands for any text. */
export function groupsOf(
  { application }: PoolBaseline,
  groups: readonly SessionGroup[],
): readonly SessionGroup[] {
  const parts = application.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`, 's');
  return groups.filter((group) => group.sessions > 0 && pattern.test(group.application));
}
