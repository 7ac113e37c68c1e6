// What an example estate is: a schema, data, a workload, and faults that can be switched on.
import type { Client } from 'pg';

/** One of the five example systems. Its folder holds the SQL, this value ties it together. */
export interface Estate {
  /** S0 to S4: the code of the runbook document that the estate follows. */
  readonly code: string;
  readonly name: string;
  readonly summary: string;
  /** Major of PostgreSQL that the demo runs it on. */
  readonly major: 14 | 15 | 16 | 17 | 18;
  readonly database: string;
  /** Server settings (postgresql.conf) that the estate's document gives or that a fault needs. */
  readonly settings: Readonly<Record<string, string>>;
  /** Makes roles, schema and data. Runs once, as superuser, in the new database. */
  load(stage: Stage, options: LoadOptions): Promise<void>;
  /** One round of what the application does, on a connection of the application's role. */
  work(client: Client, random: () => number): Promise<void>;
  /** Role and application_name that the workload connects with. */
  readonly application: { readonly role: string; readonly name: string };
  /** Statements that give the role `pgrunbook_monitor` what pg_monitor does not. */
  readonly monitor_grants?: readonly string[];
  readonly faults: readonly Fault[];
}

export interface LoadOptions {
  /** 1 is a demo (seconds to load); 10 has ten times the rows. */
  readonly size: number;
  /** The same seed gives the same data. */
  readonly seed: number;
}

/** A fault that can be switched on and off by itself, and the checks that must find it. */
export interface Fault {
  readonly id: string;
  readonly title: string;
  /** Ids of the checks that report it. */
  readonly found_by: readonly string[];
  /** Makes the fault. Sessions that must stay open belong to the stage, which closes them. */
  on(stage: Stage): Promise<void>;
  /** Undoes it; sessions the fault holds on the stage are closed by `stage.release(fault id)`. */
  off(stage: Stage): Promise<void>;
}

/** Where an estate plays: connections to one database of one server. */
export interface Stage {
  readonly database: string;
  /** Superuser connection to the estate's database, for short statements. */
  readonly admin: Client;
  /** A session of its own that a fault keeps open, filed under the fault's id. */
  hold(fault: string, options?: HoldOptions): Promise<Client>;
  /** Ends every session held under the fault's id, statements in progress included. */
  release(fault: string): Promise<void>;
  /** Reads a text file that lies beside the estate. */
  read(path: string): Promise<string>;
}

export interface HoldOptions {
  readonly role?: string;
  readonly application_name?: string;
}
