// Reads pgrunbook.yaml: text to a Config, or every problem with its line and column.
import { type Document, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Catalog } from '../kernel/catalog.ts';
import type { Thresholds } from '../kernel/check.ts';
import { RunbookError } from '../kernel/errors.ts';
import { parseThreshold } from '../kernel/thresholds.ts';
import { type Config, type TargetConfig, toBaselines } from './config.ts';
import { meaningProblems, type Problem, shapeProblems } from './config-problems.ts';
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
  const syntax = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return `${source.file}:${line}:${col}: ${error.message}`;
  });
  if (syntax.length > 0) throw invalid(syntax);
  const written: unknown = document.toJS() ?? {};
  const shape = shapeProblems(written);
  if (shape.length > 0) throw invalid(locate(shape, { document, lines, file: source.file }));
  const config = written as WrittenConfig; // the schema found nothing wrong with it
  const meaning = meaningProblems(config, source.catalog);
  if (meaning.length > 0) throw invalid(locate(meaning, { document, lines, file: source.file }));
  return toConfig(config, source);
}

function invalid(problems: readonly string[]): RunbookError {
  return new RunbookError('usage/config', {
    what: problems.join('\n'),
    remedy: 'The reference of pgrunbook.yaml lists every key: docs/reference/configuration.md.',
  });
}

interface Place {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly file: string;
}

function locate(problems: readonly Problem[], { document, lines, file }: Place): string[] {
  return problems.map((problem) => {
    const { line, col } = lines.linePos(offsetOf(document, problem));
    return `${file}:${line}:${col}: ${problem.message}`;
  });
}

function offsetOf(document: Document, { path, on_key }: Problem): number {
  const key = path.at(-1);
  const parent = document.getIn(path.slice(0, -1), true);
  if (on_key && hasItems(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    return pair?.key.range?.[0] ?? 0;
  }
  const node = document.getIn(path, true);
  const isNode = typeof node === 'object' && node !== null && 'range' in node;
  return isNode && Array.isArray(node.range) ? Number(node.range[0]) : 0;
}

interface Keyed {
  readonly items: readonly { readonly key: { range?: readonly number[] } }[];
}

function hasItems(node: unknown): node is Keyed {
  return typeof node === 'object' && node !== null && 'items' in node;
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
      const spec = specs[name];
      return [name, spec === undefined ? value : parseThreshold(spec, value)] as const;
    });
    return [id, Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(parsed);
}
