// What the command line needs from the outside: handed in by main.ts, faked by nobody.
import type { Config, TargetConfig } from '../../engine/config.ts';
import type { Catalog } from '../../kernel/catalog.ts';
import type { Clock, TargetSession } from '../../kernel/session.ts';

export interface Ports {
  readonly version: string;
  readonly clock: Clock;
  readonly terminal: Terminal;
  loadCatalog(): Promise<Catalog>;
  /** The file named, or the first of the usual places; `noConfig` where there is none. */
  readConfig(file: string | undefined, catalog: Catalog): Promise<Config>;
  /** Resolves the connection without opening it; null means the PG* environment. */
  findTarget(target: TargetConfig | null): Promise<FoundTarget>;
  /** Programs of PostgreSQL on this machine, for doctor. */
  findPrograms(): Promise<readonly Program[]>;
  pause(duration_ms: number): Promise<void>;
  /** The example estates, not started yet. */
  loadEstates(): Promise<readonly ExampleEstate[]>;
  /** Ends servers that a killed demo left behind; how many there were. */
  sweepLeftovers(): Promise<number>;
  /** From now on Ctrl-C aborts this signal instead of ending the process; a second one ends it. */
  claimInterrupt(): AbortSignal;
}

/** One of the five example systems. */
export interface ExampleEstate {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
  readonly major: number;
  /** Checks that must find something once it plays. */
  readonly expected: readonly string[];
  /** Starts a server, loads the data and switches every fault on. */
  play(): Promise<PlayingEstate>;
}

export interface PlayingEstate {
  /** Connection of the role that may look. */
  readonly connection: string;
  /** pgrunbook.yaml of the estate. */
  readonly configuration: string;
  stop(): Promise<void>;
}

/** A connection as it was resolved, with a label that holds no secret. */
export interface FoundTarget {
  readonly label: string;
  /** Every value and where it came from; secrets are left out. */
  readonly origins: readonly Origin[];
  readonly warnings: readonly string[];
  /** Connects within the time given, thirty seconds where none is. */
  open(catalog: Catalog, deadline_ms?: number): Promise<TargetSession>;
}

export interface Origin {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
}

export interface Program {
  readonly name: string;
  readonly path: string | null;
  readonly version: string | null;
}

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Columns of standard output; 80 where it is no terminal. */
  readonly columns: number;
  readonly err_is_terminal: boolean;
  /** True where colour is wanted: a terminal without NO_COLOR, or FORCE_COLOR. */
  readonly color: boolean;
}
