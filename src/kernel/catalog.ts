// The catalogue as one frozen value: what load-catalog.ts found, handed to the engine.
import type { Check } from './check.ts';
import type { Probe } from './model.ts';

export interface Catalog {
  /** Sorted by id. */
  readonly checks: readonly CatalogCheck[];
  /** Version of the package that shipped the catalogue. */
  readonly version: string;
}

/** A check with the probe that feeds it and the document beside it. */
export interface CatalogCheck {
  readonly check: Check;
  readonly probe: Probe;
  /** check.md: what, why, do, and when it is wrong. */
  readonly document: string;
}

/** The statement of a probe for a server: the newest that the server's version knows. */
export function statementFor(probe: Probe, major: number): string | undefined {
  return probe.statements.findLast(({ since }) => since <= major)?.sql;
}
