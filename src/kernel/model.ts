// The nouns of the inspecting half: server, probe, facts, check, finding.
import type { Baselines } from './baselines.ts';
import type { RawRow } from './row.ts';
import type { ThresholdSpecs, ThresholdValues } from './thresholds.ts';

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Fast probes answer in milliseconds; slow ones read sizes or pages, on a lane of their own. */
export type Lane = 'fast' | 'slow';

/** The majors of PostgreSQL that are supported. */
export const supportedMajors = [14, 15, 16, 17, 18] as const;

/** What one connection told about its server: probed, never assumed from a provider's name. */
export interface Server {
  /** server_version_num, such as 160009. */
  readonly version_num: number;
  /** server_version, such as "16.9". */
  readonly version: string;
  readonly is_in_recovery: boolean;
  readonly user: string;
  readonly database: string;
  readonly database_oid: number;
  /** From pg_control_system(); null where the role may not call it. */
  readonly system_identifier: string | null;
  readonly is_superuser: boolean;
  /** Predefined roles (pg_monitor, …) whose privileges the user has. */
  readonly roles: readonly string[];
  /** Installed extensions of this database: name to version and schema. */
  readonly extensions: Readonly<Record<string, { version: string; schema: string }>>;
  /** Of the functions that the catalogue asked about, the signatures that may be called. */
  readonly functions: readonly string[];
  /** Of the same functions, those that a member of pg_monitor may call. */
  readonly monitor_functions: readonly string[];
  /** Server time at connection, milliseconds since 1970. */
  readonly now_ms: number;
}

/** What a probe needs before it is worth sending; what is missing is told, never guessed. */
export interface Needs {
  /** A predefined role whose privileges the query uses, or superuser. */
  readonly privilege?: 'pg_monitor' | 'pg_read_all_stats' | 'pg_read_all_settings' | 'superuser';
  /** Function signatures, schema-qualified, as regprocedure reads them. */
  readonly functions?: readonly string[];
  readonly extensions?: readonly string[];
  /** The first major that can answer. */
  readonly since?: number;
  readonly role?: 'primary' | 'standby';
  /** Counters that mean something only as a difference between two samples. */
  readonly history?: boolean;
  /** Runs only when named with --only: it reads every page of something. */
  readonly on_request?: boolean;
}

/** One read-only query. Statements are sorted by version; the last that fits the server is sent. */
export interface Probe {
  readonly id: string;
  readonly source: 'postgres' | 'pgbouncer' | 'exporter';
  readonly lane: Lane;
  readonly statements: readonly { readonly since: number; readonly sql: string }[];
  /** At most this many rows are read; more is told as truncated. */
  readonly row_limit: number;
}

/** Why a probe has no answer. `reason` is for people and holds no data of the target. */
export interface NoAnswer {
  readonly status: 'denied' | 'unsupported' | 'timed-out' | 'locked' | 'unreachable' | 'failed';
  readonly reason: string;
}

export interface Answer {
  readonly status: 'ok';
  readonly rows: readonly RawRow[];
  readonly truncated: boolean;
  readonly duration_ms: number;
}

/** What a probe gave, before a check parsed it. */
export type ProbeResult = Answer | (NoAnswer & { readonly duration_ms: number });

/** Parsed rows of a probe and how many objects they speak of. */
export interface Facts<Row> {
  readonly rows: readonly Row[];
  /** The query's `examined` column; the number of rows where it has none. */
  readonly examined: number;
}

export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

/** A finding as a check states it; the engine adds check, fingerprint and the next command. */
export interface FindingDraft {
  /** What it is about, as a person would name it: a qualified name, "pid 4711", a setting. */
  readonly object: string;
  readonly severity: Severity;
  /** One sentence: what is wrong, with the figure that shows it. No full stop needed. */
  readonly summary: string;
  /** The figures behind it, units last in the key (`age_ms`, `size_bytes`). */
  readonly evidence: Evidence;
  /** Tells two findings on the same object apart over time (a pid's backend_start). */
  readonly key?: string;
}

/** What a judge answers: findings among so many objects, or why it cannot tell. */
export type Verdict =
  | { readonly examined: number; readonly findings: readonly FindingDraft[] }
  | { readonly skipped: string };

export interface JudgeContext<Row, Specs extends ThresholdSpecs> {
  readonly thresholds: ThresholdValues<Specs>;
  readonly baselines: Baselines;
  readonly server: Server;
  /** The earlier sample of the same probe, only for checks that need history. */
  readonly previous: { readonly facts: Facts<Row>; readonly elapsed_ms: number } | undefined;
}

export interface Finding extends FindingDraft {
  readonly check: string;
  readonly title: string;
  readonly runbook: string | null;
  /** Stable over runs: the same fault on the same target has the same one. 16 hex digits. */
  readonly fingerprint: string;
  /** The command to run next. */
  readonly next: string;
}

export type CheckStatus = 'ok' | 'finding' | 'skipped' | 'failed';

/** Why a check was skipped, as a word that scripts can rely on. */
export type SkipCode =
  | 'nothing-to-examine'
  | 'needs-privilege'
  | 'needs-extension'
  | 'needs-version'
  | 'needs-role'
  | 'needs-history'
  | 'needs-configuration'
  | 'on-request'
  | 'deselected'
  | 'timed-out'
  | 'deadline'
  | 'cannot-tell';

export interface CheckResult {
  readonly id: string;
  readonly status: CheckStatus;
  readonly reason?: string;
  readonly reason_code?: SkipCode | NoAnswer['status'];
  readonly examined: number;
  readonly duration_ms: number;
}

/** All that one inspection of one target found out. */
export interface Inspection {
  readonly target: string;
  readonly server: Server;
  readonly started_at: string;
  readonly duration_ms: number;
  readonly checks: readonly CheckResult[];
  readonly findings: readonly Finding[];
}
