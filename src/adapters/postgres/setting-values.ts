// The settings of a target with where each came from, and reading one as the type it has.
import { RunbookError } from '../../kernel/errors.ts';

export interface Setting {
  readonly value: string;
  /** Where it came from, for people. */
  readonly source: string;
}

export type Settings = ReadonlyMap<string, Setting>;

/** The value; empty where nothing gave one. */
export function settingValue(settings: Settings, key: string): string {
  return settings.get(key)?.value ?? '';
}

/** One of a few words; case matters except where libpq ignores it. */
export function oneOf<Word extends string>(
  settings: Settings,
  key: string,
  words: readonly Word[],
): Word {
  const value = settingValue(settings, key);
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw invalid(settings, key, `one of ${words.join(', ')}`);
}

/** A whole number as strtol reads it; undefined where nothing gave one. */
export function integer(settings: Settings, key: string): number | undefined {
  const setting = settings.get(key);
  if (setting === undefined) return undefined;
  const number = /^\s*[-+]?\d+\s*$/.test(setting.value) ? Number(setting.value) : Number.NaN;
  if (Math.abs(number) <= 2_147_483_647) return number;
  throw invalid(settings, key, 'a whole number');
}

/** The value itself is not shown: the name and where it came from find it. */
export function invalid(settings: Settings, key: string, expected: string): RunbookError {
  const source = settings.get(key)?.source ?? 'default';
  return new RunbookError('usage/connection-string', {
    what: `${key} (from ${source}) must be ${expected}`,
    remedy: `Correct ${key}, or leave it out for its default.`,
  });
}
