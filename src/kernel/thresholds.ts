// Thresholds: typed parameters of a check, each with unit, default, meaning and source.
import { formatDuration, formatSize, parseDuration, parseSize } from './units.ts';

interface SpecOf<Kind extends string, Value> {
  readonly kind: Kind;
  /** In milliseconds, bytes, percent (0 to 100) or as it stands. */
  readonly default: Value;
  readonly help: string;
  /** Where the default comes from: a manual page, a peer's default, a measurement. */
  readonly source: string;
}

export type ThresholdSpec =
  | SpecOf<'duration', number>
  | SpecOf<'size', number>
  | SpecOf<'percent', number>
  | SpecOf<'number', number>
  | SpecOf<'boolean', boolean>
  | SpecOf<'names', readonly string[]>;

export type ThresholdSpecs = Readonly<Record<string, ThresholdSpec>>;

export type ThresholdValues<Specs extends ThresholdSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name]['default'];
};

type About = readonly [help: string, source: string];

/** A length of time; write it as "5m" or "90s". */
export function duration(text: string, ...[help, source]: About): SpecOf<'duration', number> {
  return { kind: 'duration', default: required(parseDuration(text), text), help, source };
}

/** A number of bytes; write it as "100MB". */
export function size(text: string, ...[help, source]: About): SpecOf<'size', number> {
  return { kind: 'size', default: required(parseSize(text), text), help, source };
}

/** A share from 0 to 100. */
export function percent(value: number, ...[help, source]: About): SpecOf<'percent', number> {
  return { kind: 'percent', default: value, help, source };
}

/** A plain number of the unit its name ends in. */
export function amount(value: number, ...[help, source]: About): SpecOf<'number', number> {
  return { kind: 'number', default: value, help, source };
}

/** A switch. */
export function flag(value: boolean, ...[help, source]: About): SpecOf<'boolean', boolean> {
  return { kind: 'boolean', default: value, help, source };
}

/** A list of names. */
export function names(
  value: readonly string[],
  ...[help, source]: About
): SpecOf<'names', readonly string[]> {
  return { kind: 'names', default: value, help, source };
}

/** The value a user wrote, in base units; undefined where it is not of the spec's kind. */
export function parseThreshold(
  spec: ThresholdSpec,
  written: unknown,
): ThresholdSpec['default'] | undefined {
  switch (spec.kind) {
    case 'duration':
      return typeof written === 'string' ? parseDuration(written) : undefined;
    case 'size':
      return typeof written === 'string' ? parseSize(written) : undefined;
    case 'percent':
      return typeof written === 'number' && written >= 0 && written <= 100 ? written : undefined;
    case 'number':
      return typeof written === 'number' && written >= 0 ? written : undefined;
    case 'boolean':
      return typeof written === 'boolean' ? written : undefined;
    case 'names':
      return isNames(written) ? written : undefined;
  }
}

/** A value in base units as a person writes it. */
export function formatThreshold(spec: ThresholdSpec, value: ThresholdSpec['default']): string {
  if (spec.kind === 'duration') return formatDuration(Number(value));
  if (spec.kind === 'size') return formatSize(Number(value));
  if (spec.kind === 'percent') return `${value} %`;
  return Array.isArray(value) ? value.join(', ') || '(none)' : String(value);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function required(parsed: number | undefined, written: string): number {
  if (parsed === undefined) throw new TypeError(`${written} is no duration or size`);
  return parsed;
}
