// What a shared probe is, and how its folder states it.
import type { Lane, Probe } from './model.ts';

/** A query that several checks read; its SQL lies beside it, as with a check. */
export interface ProbeDefinition {
  /** The folder's name. */
  readonly id: string;
  readonly lane?: Lane;
  readonly source?: Probe['source'];
  /** Rows read at most; 10,000 where absent. */
  readonly row_limit?: number;
}

export type SharedProbe = Required<ProbeDefinition>;

export function defineProbe(definition: ProbeDefinition): SharedProbe {
  return { lane: 'fast', source: 'postgres', row_limit: 10_000, ...definition };
}
