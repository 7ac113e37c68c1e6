// The slots for sessions, and who occupies them: client sessions by database, role, application.
import { defineProbe } from '../../../kernel/probe.ts';
import { number, type RawRow, textOrNull } from '../../../kernel/row.ts';

export default defineProbe({ id: 'connections' });

/** Client sessions that share database, role and application_name; our own are among them. */
export interface SessionGroup extends SessionCounts {
  readonly max_connections: number;
  readonly superuser_reserved: number;
  /** reserved_connections; 0 before 16. */
  readonly reserved: number;
  readonly database: string | null;
  readonly role: string | null;
  /** Empty where the client gave no name. */
  readonly application: string;
}

export interface SessionCounts {
  readonly sessions: number;
  readonly active: number;
  readonly idle: number;
  readonly idle_in_transaction: number;
}

export function parseSessionGroup(row: RawRow): SessionGroup {
  return {
    max_connections: number(row, 'max_connections'),
    superuser_reserved: number(row, 'superuser_reserved'),
    reserved: number(row, 'reserved'),
    database: textOrNull(row, 'database'),
    role: textOrNull(row, 'role'),
    application: textOrNull(row, 'application') ?? '',
    sessions: number(row, 'sessions'),
    active: number(row, 'active'),
    idle: number(row, 'idle'),
    idle_in_transaction: number(row, 'idle_in_transaction'),
  };
}

export interface Slots {
  readonly max_connections: number;
  readonly superuser_reserved: number;
  readonly reserved: number;
  /** Slots that an ordinary role can get. */
  readonly usable: number;
}

/** Every row says the same; there is always one. */
export function slotsOf([row]: readonly SessionGroup[]): Slots {
  const { max_connections = 0, superuser_reserved = 0, reserved = 0 } = row ?? {};
  const usable = Math.max(0, max_connections - superuser_reserved - reserved);
  return { max_connections, superuser_reserved, reserved, usable };
}

export function sumOf(groups: readonly SessionCounts[]): SessionCounts {
  const sum = (count: keyof SessionCounts) =>
    groups.reduce((total, group) => total + group[count], 0);
  return {
    sessions: sum('sessions'),
    active: sum('active'),
    idle: sum('idle'),
    idle_in_transaction: sum('idle_in_transaction'),
  };
}

/** "checkout 40, worker 12, (no name) 3": the five largest, for evidence. */
export function largest(
  groups: readonly SessionGroup[],
  by: 'application' | 'role' | 'database',
): string {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const name = group[by] || '(no name)';
    counts.set(name, (counts.get(name) ?? 0) + group.sessions);
  }
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, 5).map(([name, count]) => `${name} ${count}`);
  const rest = sorted.slice(5).reduce((total, [, count]) => total + count, 0);
  return [...shown, ...(rest > 0 ? [`others ${rest}`] : [])].join(', ');
}
