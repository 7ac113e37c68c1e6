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
  const names = Object.keys(config.targets);
  if (words.includes('all')) {
    if (names.length > 0) return Object.values(config.targets).map(named);
    throw new RunbookError('usage/unknown-target', {
      what: 'all means every target of pgrunbook.yaml, and none is configured',
      remedy: 'Add targets: to pgrunbook.yaml, or name a connection string.',
    });
  }
  return [...new Set(words)].map((word) => {
    const target = config.targets[word];
    if (target !== undefined) return named(target);
    if (isConnectionString(word)) return { name: null, config: unnamed(word, config) };
    throw unknown(word, names);
  });
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
  return /^postgres(ql)?:\/\//i.test(word) || word.includes('=');
}

function unknown(word: string, names: readonly string[]): RunbookError {
  const near = names.length > 0 ? ` Did you mean ${closest(word, [...names])}?` : '';
  return new RunbookError('usage/unknown-target', {
    what: `there is no target ${word}`,
    why: `${word} is no name in pgrunbook.yaml and no connection string.${near}`,
    remedy:
      `Use a name (${names.join(', ') || 'none is configured'}), ` +
      `"postgresql://user@host/database", "host=… dbname=…" or "service=…".`,
  });
}

/** Thresholds and all else that a command needs of a target without configuration. */
export const environmentTarget: TargetConfig = unnamed('', noConfig);
