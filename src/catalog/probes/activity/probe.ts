// The sessions of the server: one snapshot of pg_stat_activity that many checks judge.
import { defineProbe } from '../../../kernel/probe.ts';
import {
  boolean,
  list,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';

export default defineProbe({ id: 'activity' });

/** A server process that carries a session or a background job. Ages are in milliseconds. */
export interface Session {
  readonly pid: number;
  /** The session that a parallel worker works for. */
  readonly leader_pid: number | null;
  /** With the pid, names one process for ever: pids are used again. */
  readonly backend_start: string;
  readonly backend_type: string;
  readonly role: string | null;
  readonly database: string | null;
  /** True for sessions of the database that we are connected to. */
  readonly is_here: boolean;
  readonly application: string;
  /** null for a Unix-domain socket and for background processes. */
  readonly client_address: string | null;
  readonly state: string | null;
  readonly wait_event_type: string | null;
  readonly wait_event: string | null;
  readonly transaction_age_ms: number | null;
  readonly query_age_ms: number | null;
  /** Since the last change of state: how long an idle session has been idle. */
  readonly state_age_ms: number | null;
  readonly session_age_ms: number;
  /** True where a transaction id was assigned: the transaction has written. */
  readonly has_xid: boolean;
  /** True where the session holds back vacuum: it has a snapshot or a transaction id. */
  readonly holds_horizon: boolean;
  /** From pg_blocking_pids: 0 stands for a prepared transaction. */
  readonly blocked_by: readonly number[];
  /** Names (gid) of the prepared transactions among those that block it. */
  readonly prepared_blockers: readonly string[];
  /** What it waits for: pg_locks.locktype, mode and, in this database, the relation's name. */
  readonly wait_lock: string | null;
  readonly wait_mode: string | null;
  readonly wait_relation: string | null;
  /** How long it has waited for that lock. */
  readonly wait_age_ms: number | null;
  /** True where the role is a superuser. */
  readonly is_superuser: boolean;
  /** Statement text as the server keeps it: redact before showing. */
  readonly statement: string;
}

export function parseSession(row: RawRow): Session {
  return {
    pid: number(row, 'pid'),
    leader_pid: numberOrNull(row, 'leader_pid'),
    backend_start: text(row, 'backend_start'),
    backend_type: text(row, 'backend_type'),
    role: textOrNull(row, 'role'),
    database: textOrNull(row, 'database'),
    is_here: boolean(row, 'is_here'),
    application: text(row, 'application'),
    client_address: textOrNull(row, 'client_address'),
    state: textOrNull(row, 'state'),
    wait_event_type: textOrNull(row, 'wait_event_type'),
    wait_event: textOrNull(row, 'wait_event'),
    transaction_age_ms: numberOrNull(row, 'transaction_age_ms'),
    query_age_ms: numberOrNull(row, 'query_age_ms'),
    state_age_ms: numberOrNull(row, 'state_age_ms'),
    session_age_ms: number(row, 'session_age_ms'),
    has_xid: boolean(row, 'has_xid'),
    holds_horizon: boolean(row, 'holds_horizon'),
    blocked_by: list(row, 'blocked_by').map(Number),
    prepared_blockers: list(row, 'prepared_blockers'),
    wait_lock: textOrNull(row, 'wait_lock'),
    wait_mode: textOrNull(row, 'wait_mode'),
    wait_relation: textOrNull(row, 'wait_relation'),
    wait_age_ms: numberOrNull(row, 'wait_age_ms'),
    is_superuser: boolean(row, 'is_superuser'),
    statement: text(row, 'statement'),
  };
}

/** Sessions of clients: not walsenders, autovacuum workers or other background processes. */
export function isClient(session: Session): boolean {
  return session.backend_type === 'client backend';
}

/** "pid 4711 (checkout, app@orders)": who it is, as a person at night wants to read it. */
export function describeSession(session: Session): string {
  const who = [session.role, session.database].filter((part) => part !== null).join('@');
  const inner = [session.application, who].filter((part) => part !== '').join(', ');
  return inner === '' ? `pid ${session.pid}` : `pid ${session.pid} (${inner})`;
}

/** "AccessExclusiveLock on public.orders", "a row of public.orders": what a process waits for. */
export function describeWait({ wait_lock, wait_mode, wait_relation }: Session): string {
  const relation = wait_relation ?? 'a relation of another database';
  switch (wait_lock) {
    case 'relation':
      return `${wait_mode} on ${relation}`;
    case 'transactionid':
      // Without a row it is a unique index, whose other entry may yet be rolled back.
      return wait_relation === null ? 'the end of a transaction' : `a row of ${relation}`;
    case 'tuple':
      return `a row of ${relation}`;
    case 'virtualxid':
      return 'the end of a transaction';
    case 'advisory':
      return 'an advisory lock';
    case null:
      return 'a lock';
    default:
      return `a lock of type ${wait_lock}`;
  }
}
