// What a benchmark is: a claim with limits, and what measuring it gave.

/** One file a claim; the runner finds them by this shape. */
export interface Claim {
  /** The file's name. */
  readonly id: string;
  /** What is claimed, as a sentence without a full stop. */
  readonly title: string;
  /** Measures; `note` tells a person what is under way. */
  measure(note: (text: string) => void): Promise<Outcome>;
}

export interface Outcome {
  readonly limits: readonly Limit[];
  readonly tables: readonly Table[];
  /** What a reader must know to judge the figures: noise, versions, peers that are absent. */
  readonly notes: readonly string[];
}

/** A figure and what it must stay below. */
export interface Limit {
  readonly what: string;
  readonly measured: number;
  readonly below: number;
  readonly unit: string;
  /** How far two equal measurements lay apart. From the limit on, nothing can be told. */
  readonly noise?: number;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}
