// What can be wrong with pgrunbook.yaml once it is YAML: its shape, its secrets, its names.
import Value from 'typebox/value';
import type { Catalog } from '../kernel/catalog.ts';
import type { Thresholds } from '../kernel/check.ts';
import { formatThreshold, parseThreshold, type ThresholdSpec } from '../kernel/thresholds.ts';
import { nameProblems, suggestion } from './config-names.ts';
import type { Problem } from './config-place.ts';
import { ConfigSchema, type WrittenConfig } from './config-schema.ts';
import { holdsPassword } from './config-secrets.ts';

/** Where the text departs from the schema. */
export function shapeProblems(written: unknown): readonly Problem[] {
  const errors = [...Value.Errors(ConfigSchema, written)];
  const problems = errors.flatMap((error): readonly Problem[] => {
    const path = error.instancePath.split('/').slice(1).map(unescapePointer);
    const at = path.join('.') || 'the file';
    if (error.keyword === 'additionalProperties') {
      const known = knownKeys(error.schemaPath);
      return error.params.additionalProperties.map((key) => ({
        path: [...path, key],
        on_key: true,
        message: unknownKey(key, known),
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

// Without its blank, `password:SECRET` is a key, so only what looks like one is repeated.
function unknownKey(key: string, known: readonly string[]): string {
  return /^[\w-]+$/.test(key)
    ? `unknown key ${key}${suggestion(key, known)}`
    : 'unknown key; a blank may be missing after a colon';
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

/** What the schema cannot tell: passwords, names of nothing, thresholds of wrong kinds. */
export function meaningProblems(config: WrittenConfig, catalog: Catalog): readonly Problem[] {
  return [
    ...secretProblems(config),
    ...nameProblems(config, catalog),
    ...thresholdProblems(config, catalog),
  ];
}

function secretProblems({ targets = {} }: WrittenConfig): readonly Problem[] {
  return Object.entries(targets).flatMap(([name, target]) =>
    (['connection', 'pgbouncer'] as const)
      .filter((key) => holdsPassword(target[key] ?? ''))
      .map((key) => ({
        path: ['targets', name, key],
        message:
          `${key} holds a password; name its place instead: password: env:NAME, file:PATH ` +
          '(in a URI, an @ of another value is written %40)',
      })),
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
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
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
