// Reads pgrunbook.yaml: text to a Config, or every problem with its line and column.
import { LineCounter, parseDocument } from 'yaml';
import type { Catalog } from '../kernel/catalog.ts';
import type { Thresholds } from '../kernel/check.ts';
import { RunbookError } from '../kernel/errors.ts';
import { parseThreshold } from '../kernel/thresholds.ts';
import { type Config, type TargetConfig, toBaselines } from './config.ts';
import { aliasProblem, locate, type Place, placeAt } from './config-place.ts';
import { meaningProblems, shapeProblems } from './config-problems.ts';
import type { WrittenConfig, WrittenTarget } from './config-schema.ts';

interface Source {
  readonly text: string;
  /** Name for messages. */
  readonly file: string;
  readonly catalog: Catalog;
}

/** @throws usage/config with one line a problem, each with file, line and column. */
export function parseConfig(source: Source): Config {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const place = { document, lines, file: source.file };
  // Behind a colon yaml repeats the text at fault, which may be a secret.
  const syntax = document.errors.map(({ pos, message }) =>
    placeAt(pos[0], message.replace(/(?<=\w): .*$/s, ''), place),
  );
  if (syntax.length > 0) throw invalid(syntax);
  const written = toValue(place);
  const shape = shapeProblems(written);
  if (shape.length > 0) throw invalid(locate(shape, place));
  const config = written as WrittenConfig; // the schema found nothing wrong with it
  const meaning = meaningProblems(config, source.catalog);
  if (meaning.length > 0) throw invalid(locate(meaning, place));
  return toConfig(config, source);
}

// Aliases are resolved only here; yaml also gives up on those that multiply without end.
function toValue(place: Place): unknown {
  try {
    return place.document.toJS() ?? {};
  } catch (error) {
    if (error instanceof ReferenceError) throw invalid([aliasProblem(place)]);
    throw error;
  }
}

function invalid(problems: readonly string[]): RunbookError {
  return new RunbookError('usage/config', {
    what: problems.join('\n'),
    remedy: 'The reference of pgrunbook.yaml lists every key: docs/reference/configuration.md.',
  });
}

function toConfig(written: WrittenConfig, { file, catalog }: Source): Config {
  const thresholds = parseThresholds(written.thresholds ?? {}, catalog);
  const targets = Object.entries(written.targets ?? {}).map(
    ([name, target]) => [name, toTarget(name, target, { thresholds, catalog })] as const,
  );
  return {
    file,
    targets: Object.fromEntries(targets),
    thresholds,
    schedules: written.schedules ?? [],
    policy: written.policy ?? [],
  };
}

interface Above {
  readonly thresholds: Config['thresholds'];
  readonly catalog: Catalog;
}

function toTarget(name: string, written: WrittenTarget, above: Above): TargetConfig {
  const own = parseThresholds(written.thresholds ?? {}, above.catalog);
  const ids = new Set([...Object.keys(above.thresholds), ...Object.keys(own)]);
  const merged = [...ids].map((id) => [id, { ...above.thresholds[id], ...own[id] }] as const);
  return {
    name,
    connection: written.connection,
    password: written.password ?? null,
    pgbouncer: written.pgbouncer ?? null,
    exporter: written.exporter ?? null,
    environment: written.environment ?? null,
    thresholds: Object.fromEntries(merged),
    skip: written.skip ?? [],
    baselines: toBaselines(written.baselines),
  };
}

function parseThresholds(
  written: Readonly<Record<string, Thresholds>>,
  catalog: Catalog,
): Readonly<Record<string, Thresholds>> {
  const parsed = Object.entries(written).map(([id, values]) => {
    const specs = catalog.checks.find(({ check }) => check.id === id)?.check.thresholds ?? {};
    const own = Object.entries(values).map(([name, value]) => {
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      return [name, spec === undefined ? value : parseThreshold(spec, value)] as const;
    });
    return [id, Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(parsed);
}
