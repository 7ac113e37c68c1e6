// Which targets a command means: names, connection strings, all, or the environment.
import { closest } from 'fastest-levenshtein';
import { type Config, noConfig, type TargetConfig, toBaselines } from '../../engine/config.ts';
import { RunbookError } from '../../kernel/errors.ts';

/** A target and the name that reports show; null names the PG* environment. */
export interface ChosenTarget {
  readonly name: string | null;
  readonly config: TargetConfig | null;
}

/** @throws usage/unknown-target for a word that is neither a name nor a connection string. */
export function chooseTargets(words: readonly string[], config: Config): readonly ChosenTarget[] {
  if (words.length === 0) return [{ name: null, config: null }];
  const wanted = words.flatMap((word) => (word === 'all' ? everyName(config) : [word]));
  return [...new Set(wanted)].map((word) => choose(word, config));
}

/** For commands about a single target. @throws usage/arguments for all. */
export function chooseOneTarget(word: string, config: Config): ChosenTarget {
  if (word !== 'all') return choose(word, config);
  throw new RunbookError('usage/arguments', {
    what: 'this command takes one target, not all',
    remedy: `Name one: ${Object.keys(config.targets).join(', ') || 'a connection string'}.`,
  });
}

function everyName(config: Config): readonly string[] {
  const names = Object.keys(config.targets);
  if (names.length > 0) return names;
  throw new RunbookError('usage/unknown-target', {
    what: 'all means every target of pgrunbook.yaml, and none is configured',
    remedy: 'Add targets: to pgrunbook.yaml, or name a connection string.',
  });
}

function choose(word: string, config: Config): ChosenTarget {
  // Own names only: a word such as `constructor` is no target.
  const target = Object.hasOwn(config.targets, word) ? config.targets[word] : undefined;
  if (target !== undefined) return named(target);
  if (isConnectionString(word)) return { name: null, config: unnamed(word, config) };
  throw unknown(word, Object.keys(config.targets));
}

function named(target: TargetConfig): ChosenTarget {
  return { name: target.name, config: target };
}

function unnamed(connection: string, config: Config): TargetConfig {
  return {
    name: '',
    connection,
    password: null,
    pgbouncer: null,
    exporter: null,
    environment: null,
    thresholds: config.thresholds,
    skip: [],
    baselines: toBaselines(undefined),
  };
}

function isConnectionString(word: string): boolean {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(word)) return /^postgres(ql)?:\/\//i.test(word);
  return word.includes('=');
}

function unknown(word: string, names: readonly string[]): RunbookError {
  // A mistyped connection string may hold a password, so only what looks like a name is repeated.
  const isName = /^[\w.-]+$/.test(word);
  const near = isName && names.length > 0 ? ` Did you mean ${closest(word, [...names])}?` : '';
  const given = isName ? word : 'what was given';
  return new RunbookError('usage/unknown-target', {
    what: isName ? `there is no target ${word}` : 'what was given is no target',
    why: `${given} is no name in pgrunbook.yaml and no connection string.${near}`,
    remedy:
      `Use a name (${names.join(', ') || 'none is configured'}), ` +
      `"postgresql://user@host/database", "host=… dbname=…" or "service=…".`,
  });
}

/** Thresholds and all else that a command needs of a target without configuration. */
export const environmentTarget: TargetConfig = unnamed('', noConfig);
