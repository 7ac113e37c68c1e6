// What a check is, and how a catalogue folder states one.

import type { Baselines } from './baselines.ts';
import type { Facts, JudgeContext, Lane, Needs, Probe, Server, Verdict } from './model.ts';
import type { RawRow } from './row.ts';
import type { ThresholdSpecs, ThresholdValues } from './thresholds.ts';

export const checkGroups = [
  'connections',
  'activity',
  'wraparound',
  'vacuum',
  'bloat',
  'indexes',
  'tables',
  'partitions',
  'queries',
  'io',
  'wal',
  'replication',
  'settings',
  'versions',
  'security',
  'row-level-security',
  'backup',
  'application',
] as const;
export type CheckGroup = (typeof checkGroups)[number];

interface About {
  /** The folder's name. */
  readonly id: string;
  readonly group: CheckGroup;
  /** What the check looks for, as a noun phrase. */
  readonly title: string;
  /** Why it matters, to a tired person. */
  readonly why: string;
  /** What to do about a finding. */
  readonly remedy: string;
  /** What is said when there was nothing to examine: "no replication slot exists". */
  readonly nothing: string;
  readonly needs?: Needs;
  /** Procedures of the estates' runbooks that this check serves, by their name. */
  readonly procedures?: readonly string[];
  /** The runbook that cures what it finds. */
  readonly runbook?: string;
  /** Where definition and figures come from: manual pages, peers, reported issues. */
  readonly sources: readonly string[];
}

/** A check as its folder writes it. */
export interface CheckDefinition<Row, Specs extends ThresholdSpecs> extends About {
  readonly thresholds: Specs;
  /** Lane of the folder's own query; fast where absent. */
  readonly lane?: Lane;
  /** Rows read at most; 1,000 where absent. */
  readonly row_limit?: number;
  /** A shared probe of src/catalog/probes/ instead of the folder's own query. */
  readonly probe?: string;
  /** Who answers the query; the server where absent. */
  readonly source?: Probe['source'];
  /** Values for $1, $2, … of the query. */
  parameters?(inputs: ProbeInputs<Specs>): readonly unknown[];
  /** Why this target's configuration leaves the check nothing to do; undefined where it has. */
  unconfigured?(baselines: Baselines): string | undefined;
  parse(row: RawRow): Row;
  judge(facts: Facts<Row>, context: JudgeContext<Row, Specs>): Verdict;
}

export interface ProbeInputs<Specs extends ThresholdSpecs> {
  readonly thresholds: ThresholdValues<Specs>;
  readonly baselines: Baselines;
  readonly server: Server;
}

/** Thresholds as the engine carries them: by name, values in base units. */
export type Thresholds = Readonly<Record<string, unknown>>;

/** What the engine knows when it evaluates a check: raw rows now, and raw rows before. */
export interface Evaluation {
  readonly rows: readonly RawRow[];
  readonly thresholds: Thresholds;
  readonly baselines: Baselines;
  readonly server: Server;
  readonly previous: { readonly rows: readonly RawRow[]; readonly elapsed_ms: number } | undefined;
}

/** A check with its row type sealed inside, as the catalogue and the engine hold it. */
export interface Check extends About {
  readonly thresholds: ThresholdSpecs;
  readonly needs: Needs;
  readonly lane: Lane;
  readonly row_limit: number;
  readonly probe: string | undefined;
  readonly source: Probe['source'];
  readonly parameters: (inputs: {
    readonly thresholds: Thresholds;
    readonly baselines: Baselines;
    readonly server: Server;
  }) => readonly unknown[];
  readonly unconfigured: (baselines: Baselines) => string | undefined;
  readonly evaluate: (evaluation: Evaluation) => Verdict;
}

/** Seals a definition. The thresholds it is later given are those its own specs produced. */
export function defineCheck<Row, Specs extends ThresholdSpecs>(
  definition: CheckDefinition<Row, Specs>,
): Check {
  const values = (given: Thresholds) => given as ThresholdValues<Specs>; // made from these specs
  return {
    ...definition,
    needs: definition.needs ?? {},
    lane: definition.lane ?? 'fast',
    row_limit: definition.row_limit ?? 1_000,
    probe: definition.probe,
    source: definition.source ?? 'postgres',
    parameters: (inputs) =>
      definition.parameters?.({ ...inputs, thresholds: values(inputs.thresholds) }) ?? [],
    unconfigured: (baselines) => definition.unconfigured?.(baselines),
    evaluate: ({ rows, previous, thresholds, ...rest }) =>
      definition.judge(toFacts(definition, rows), {
        ...rest,
        thresholds: values(thresholds),
        previous: previous && {
          facts: toFacts(definition, previous.rows),
          elapsed_ms: previous.elapsed_ms,
        },
      }),
  };
}

// A query may answer an `examined` column: the number of objects it looked at, on every row.
// A row whose other columns are all null carries only that number.
function toFacts<Row, Specs extends ThresholdSpecs>(
  definition: CheckDefinition<Row, Specs>,
  raw: readonly RawRow[],
): Facts<Row> {
  const counted = raw[0]?.['examined'];
  if (counted === undefined) {
    return { rows: raw.map((row) => definition.parse(row)), examined: raw.length };
  }
  const rows = raw.filter((row) =>
    Object.entries(row).some(([column, value]) => column !== 'examined' && value !== null),
  );
  return { rows: rows.map((row) => definition.parse(row)), examined: Number(counted) };
}
