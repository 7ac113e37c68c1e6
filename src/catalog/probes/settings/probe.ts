// The server's settings, with what roles and databases override: one read that many checks judge.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { parseDuration, parseSize } from '../../../kernel/units.ts';

export default defineProbe({ id: 'settings' });

/** A setting of the server, or what ALTER ROLE or ALTER DATABASE put in its place. */
export interface Setting {
  readonly name: string;
  /** What a new session gets, in `unit`; of an override, the text as somebody wrote it. */
  readonly value: string;
  /** "8kB", "ms", … as pg_settings has it; null for text, plain numbers and overrides. */
  readonly unit: string | null;
  /** The value built into the server, before any configuration. */
  readonly built_in: string | null;
  readonly is_pending_restart: boolean;
  /** The role an override is for; null where it is for all roles. */
  readonly role: string | null;
  /** The database an override is for; null where it is for all databases. */
  readonly database: string | null;
  readonly is_override: boolean;
  /** True for an override that our own session is under: it hides the server's own value. */
  readonly is_ours: boolean;
}

export function parseSetting(row: RawRow): Setting {
  return {
    name: text(row, 'name'),
    value: text(row, 'value'),
    unit: textOrNull(row, 'unit'),
    built_in: textOrNull(row, 'built_in'),
    is_pending_restart: boolean(row, 'is_pending_restart'),
    role: textOrNull(row, 'role'),
    database: textOrNull(row, 'database'),
    is_override: boolean(row, 'is_override'),
    is_ours: boolean(row, 'is_ours'),
  };
}

/**
 * The server's own settings by name. Every reader answers undefined where there is none, and where
 * an override for our own role or database hides the server's value.
 */
export interface Settings {
  readonly all: readonly Setting[];
  readonly overrides: readonly Setting[];
  get(name: string): Setting | undefined;
  text(name: string): string | undefined;
  isOn(name: string): boolean | undefined;
  number(name: string): number | undefined;
  size_bytes(name: string): number | undefined;
  duration_ms(name: string): number | undefined;
}

export function readSettings(rows: readonly Setting[]): Settings {
  const hidden = new Set(rows.filter(({ is_ours }) => is_ours).map(({ name }) => name));
  const all = rows.filter(({ is_override, name }) => !is_override && !hidden.has(name));
  const byName = new Map(all.map((setting) => [setting.name, setting]));
  const text = (name: string) => byName.get(name)?.value;
  const inUnits = (name: string, parse: (unit: string) => number | undefined) => {
    const setting = byName.get(name);
    if (setting === undefined) return undefined;
    const unit = setting.unit ?? '';
    const factor = parse(/^\d/.test(unit) ? unit : `1${unit}`);
    return factor === undefined ? undefined : Number(setting.value) * factor;
  };
  return {
    all,
    overrides: rows.filter(({ is_override }) => is_override),
    get: (name) => byName.get(name),
    text,
    isOn: (name) => (byName.has(name) ? text(name) === 'on' : undefined),
    number: (name) => (byName.has(name) ? Number(text(name)) : undefined),
    size_bytes: (name) => inUnits(name, parseSize),
    duration_ms: (name) => inUnits(name, parseDuration),
  };
}

/** "role app in database shop": whom an override is for. */
export function describeScope({ role, database }: Setting): string {
  const parts = [
    role === null ? '' : `role ${role}`,
    database === null ? '' : `database ${database}`,
  ];
  return parts.filter((part) => part !== '').join(' in ') || 'all roles';
}

/** Whether a boolean was written as false, in any of the ways the server accepts. */
export function isWrittenOff(value: string): boolean {
  return /^(off?|f|fa|fal|fals|false|n|no|0)$/i.test(value.trim());
}
