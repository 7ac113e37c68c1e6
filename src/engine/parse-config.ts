// Reads pgrunbook.yaml: text to a Config, or every problem with its line and column.
import { closest, distance } from 'fastest-levenshtein';
import Value from 'typebox/value';
import { type Document, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Catalog } from '../kernel/catalog.ts';
import type { Thresholds } from '../kernel/check.ts';
import { RunbookError } from '../kernel/errors.ts';
import { formatThreshold, parseThreshold, type ThresholdSpec } from '../kernel/thresholds.ts';
import { type Config, type TargetConfig, toBaselines } from './config.ts';
import { ConfigSchema, type WrittenConfig, type WrittenTarget } from './config-schema.ts';

interface Problem {
  /** Keys from the top, as in ["targets", "prod", "connection"]. */
  readonly path: readonly string[];
  readonly message: string;
  /** True where the key is at fault and not its value. */
  readonly on_key?: boolean;
}

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
  const meaning = [
    ...secretProblems(config),
    ...checkNameProblems(config, source.catalog),
    ...thresholdProblems(config, source.catalog),
  ];
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

function shapeProblems(written: unknown): readonly Problem[] {
  const errors = [...Value.Errors(ConfigSchema, written)];
  const problems = errors.flatMap((error): readonly Problem[] => {
    const path = error.instancePath.split('/').slice(1).map(unescapePointer);
    const at = path.join('.') || 'the file';
    if (error.keyword === 'additionalProperties') {
      const known = knownKeys(error.schemaPath);
      return error.params.additionalProperties.map((key) => ({
        path: [...path, key],
        on_key: true,
        message: `unknown key ${key}${suggestion(key, known)}`,
      }));
    }
    // The schema's other keywords repeat what these have said.
    if (['boolean', 'const'].includes(error.keyword)) return [];
    if (error.keyword === 'pattern')
      return [{ path, message: `${at}: ${meaning(error.schemaPath)}` }];
    return [{ path, message: `${at} ${error.message}` }];
  });
  return problems;
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

// The part of the schema that a problem speaks of, to tell its keys or its meaning.
function schemaAt(schemaPath: string): unknown {
  return schemaPath
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => {
      const isObject = typeof node === 'object' && node !== null;
      return isObject
        ? Object.entries(node).find(([name]) => name === unescapePointer(key))?.[1]
        : undefined;
    }, ConfigSchema);
}

function knownKeys(schemaPath: string): readonly string[] {
  const node = schemaAt(schemaPath);
  const hasKeys = typeof node === 'object' && node !== null && 'properties' in node;
  return hasKeys ? Object.keys(node.properties ?? {}) : [];
}

function meaning(schemaPath: string): string {
  const node = schemaAt(schemaPath);
  const described = typeof node === 'object' && node !== null && 'description' in node;
  return `expected: ${described ? node.description : 'another form'}`;
}

function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(word, [...known]);
  return distance(word, near) <= Math.max(2, word.length / 3)
    ? `; did you mean ${near}?`
    : `; known: ${known.join(', ')}`;
}

function secretProblems({ targets = {} }: WrittenConfig): readonly Problem[] {
  return Object.entries(targets).flatMap(([name, target]) =>
    (['connection', 'pgbouncer'] as const)
      .filter((key) => holdsPassword(target[key] ?? ''))
      .map((key) => ({
        path: ['targets', name, key],
        message: `${key} holds a password; name its place instead: password: env:NAME, file:PATH`,
      })),
  );
}

function holdsPassword(connection: string): boolean {
  const inUri = /^postgres(ql)?:\/\/[^/?#@]*:[^/?#@]+@/i.test(connection);
  return inUri || /(^|[\s?&])password\s*=/i.test(connection);
}

function checkNameProblems(config: WrittenConfig, catalog: Catalog): readonly Problem[] {
  const ids = catalog.checks.map(({ check }) => check.id);
  return Object.entries(config.targets ?? {}).flatMap(([name, { skip = [] }]) =>
    skip
      .map((id, index) => ({ id, path: ['targets', name, 'skip', String(index)] }))
      .filter(({ id }) => !ids.includes(id))
      .map(({ id, path }) => ({ path, message: `no check is called ${id}${suggestion(id, ids)}` })),
  );
}

function thresholdProblems(config: WrittenConfig, catalog: Catalog): readonly Problem[] {
  const places = [
    { path: ['thresholds'], written: config.thresholds ?? {} },
    ...Object.entries(config.targets ?? {}).map(([name, target]) => ({
      path: ['targets', name, 'thresholds'],
      written: target.thresholds ?? {},
    })),
  ];
  return places.flatMap(({ path, written }) =>
    Object.entries(written).flatMap(([id, values]) =>
      checkThresholds({ path: [...path, id], id, values, catalog }),
    ),
  );
}

interface WrittenThresholds {
  readonly path: readonly string[];
  readonly id: string;
  readonly values: Thresholds;
  readonly catalog: Catalog;
}

function checkThresholds({ path, id, values, catalog }: WrittenThresholds): readonly Problem[] {
  const ids = catalog.checks.map(({ check }) => check.id);
  const specs = catalog.checks.find(({ check }) => check.id === id)?.check.thresholds;
  if (specs === undefined) {
    return [{ path, on_key: true, message: `no check is called ${id}${suggestion(id, ids)}` }];
  }
  return Object.entries(values).flatMap(([name, value]) => {
    const spec = specs[name];
    const here = { path: [...path, name] };
    if (spec === undefined) {
      const known = suggestion(name, Object.keys(specs));
      return [{ ...here, on_key: true, message: `${id} has no threshold ${name}${known}` }];
    }
    return parseThreshold(spec, value) === undefined
      ? [{ ...here, message: `${id}.${name} should be ${describeKind(spec)}` }]
      : [];
  });
}

function describeKind(spec: ThresholdSpec): string {
  const like = formatThreshold(spec, spec.default);
  const kinds = {
    duration: 'a length of time such as "5m"',
    size: 'a size such as "100MB"',
    percent: 'a number from 0 to 100',
    number: 'a number, 0 or more',
    boolean: 'true or false',
    names: 'a list of names',
  };
  return `${kinds[spec.kind]} (default: ${like})`;
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
