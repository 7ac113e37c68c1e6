// How a test sees, with SQL of its own, that a fault of an estate is really there.
import type { Estate } from '../../../examples/estate.ts';

export interface EstateEvidence {
  readonly estate: Estate;
  /** By fault id: a query whose only value is true while the fault is on, and false otherwise. */
  readonly faults: Readonly<Record<string, string>>;
  /** One value that tells the generated rows apart, whenever they were generated. */
  readonly digest: string;
}
