// The port to a target: what the engine asks of whoever holds the connections.
import type { Lane, ProbeResult, Server } from './model.ts';

/** One bounded, read-only statement. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly row_limit: number;
  readonly timeout_ms: number;
}

/** One connection. Never throws: what went wrong is data. One statement at a time. */
export interface ProbeRunner {
  run(statement: Statement): Promise<ProbeResult>;
}

/** A target that is being looked at, over at most two connections. */
export interface TargetSession {
  readonly server: Server;
  /** One runner, or two; the second serves the slow lane once the fast one is empty. */
  readonly runners: readonly ProbeRunner[];
  /** The console of a PgBouncer in front of the target, where one is configured. */
  readonly pgbouncer: ProbeRunner | undefined;
  /** The metrics page of an exporter beside the target, where one is configured. */
  readonly exporter: ProbeRunner | undefined;
  /** Leaves open transactions, before a pause between two samples. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds a statement may take, by lane. */
export const laneTimeouts: Readonly<Record<Lane, number>> = { fast: 5_000, slow: 30_000 };

export interface Clock {
  /** Milliseconds since 1970. */
  now_ms(): number;
}
