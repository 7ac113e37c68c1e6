// Wall: the inner layers are pure; the clock, the environment and the machine stay outside.
import { builtinModules } from 'node:module';
import type { Import } from '../syntax/imports.ts';
import type { NameUse } from '../syntax/names.ts';
import { type CodeFile, isTest } from '../tree.ts';
import type { Violation, Wall } from '../wall.ts';

export const outsideWorldWall: Wall = {
  title: 'kernel, catalogue and engine do not touch the world outside',
  find: ({ code }) =>
    code
      .filter(({ path }) => !isTest(path))
      .flatMap((file) => [...imports(file), ...globals(file)]),
};

type Fault = Pick<Violation, 'problem' | 'remedy'>;

const pureLayers = /^src\/(?:kernel|catalog|engine)\//;

// Built-in modules that only compute. A module not listed here counts as the outside world.
const pureModules = new Set([
  'assert',
  'buffer',
  'crypto',
  'events',
  'path',
  'querystring',
  'string_decoder',
  'url',
  'util',
]);

// Of node:crypto, what gives the same answer for the same input.
const pureCrypto = new Set(['createHash', 'createHmac', 'hash', 'timingSafeEqual', 'Hash', 'Hmac']);

// Packages by folder; where a folder is not listed, any package of package.json may be used.
const packages: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^src\/(?:kernel|catalog)\//, []],
  [/^src\/engine\//, ['yaml', 'typebox', 'fastest-levenshtein']],
  [/^src\/load-catalog\.ts$/, ['yaml']],
  [/^examples\//, ['pg']],
];

function imports({ path, syntax }: CodeFile): Violation[] {
  return syntax.imports.flatMap((edge) => {
    const fault = importFault(edge, path);
    return fault === undefined ? [] : [{ path, line: edge.line, ...fault }];
  });
}

function importFault({ specifier, names }: Import, path: string): Fault | undefined {
  if (specifier === undefined || /^[./#]|^file:/.test(specifier)) return undefined;
  const [name = ''] = specifier.replace(/^node:/, '').split('/');
  if (!specifier.startsWith('node:') && !builtinModules.includes(name)) {
    return packageFault(specifier, path);
  }
  if (!pureLayers.test(path)) return undefined;
  const isPure = pureModules.has(name) && !specifier.endsWith('/promises');
  if (isPure && (name !== 'crypto' || names.every(({ imported }) => pureCrypto.has(imported)))) {
    return undefined;
  }
  return {
    problem: `${specifier} touches the world outside`,
    remedy: 'take what it gives as an argument, or move the code into src/adapters',
  };
}

function packageFault(specifier: string, path: string): Fault | undefined {
  const [scope = '', ...rest] = specifier.split('/');
  const name = scope.startsWith('@') ? `${scope}/${rest[0]}` : scope;
  const allowed = packages.find(([folder]) => folder.test(path))?.[1];
  if (allowed === undefined || allowed.includes(name)) return undefined;
  return {
    problem: `the package ${name} is not for this layer`,
    remedy: `it may use ${allowed.join(', ') || 'no package'}; move the code into src/adapters`,
  };
}

const worldNames = new Set([
  'process',
  'fetch',
  'WebSocket',
  'EventSource',
  'navigator',
  'crypto',
  'globalThis',
  'global',
]);
const timers = new Set(['performance', 'setTimeout', 'setInterval', 'setImmediate']);

function globals({ path, syntax }: CodeFile): Violation[] {
  const processNames = syntax.imports
    .filter(({ specifier }) => /^(?:node:)?process$/.test(specifier ?? ''))
    .flatMap(({ names }) => names);
  const isProcess = (name: string) =>
    name === 'process' ||
    processNames.some(
      ({ imported, local }) => local === name && (imported === 'default' || imported === '*'),
    );
  const isEnvironment = ({ name, properties }: NameUse) =>
    (isProcess(name) && properties.includes('env')) ||
    processNames.some(({ imported, local }) => local === name && imported === 'env');
  return syntax.globals.flatMap((use) => {
    const fault =
      globalFault(use, path) ?? (isEnvironment(use) ? environmentFault(path) : undefined);
    return fault === undefined ? [] : [{ path, line: use.line, ...fault }];
  });
}

function globalFault(use: NameUse, path: string): Fault | undefined {
  if (use.name === 'console' && /^src\/(?!faces\/)/.test(path)) {
    return { problem: 'console writes to the terminal', remedy: 'return the text to a face' };
  }
  if (!pureLayers.test(path)) return undefined;
  if (isClock(use)) {
    return { problem: `${use.name} reads or waits for the clock`, remedy: 'take a Clock' };
  }
  if (use.name === 'Math' && use.properties.includes('random')) {
    return {
      problem: 'Math.random gives no repeatable answer',
      remedy: 'take a random() function',
    };
  }
  if (!worldNames.has(use.name)) return undefined;
  return {
    problem: `the global ${use.name} reaches the world outside`,
    remedy: 'take what it gives as an argument',
  };
}

function isClock({ name, properties, isCalledEmpty }: NameUse): boolean {
  if (name === 'Date') return isCalledEmpty || properties.includes('now');
  return timers.has(name) || (name === 'AbortSignal' && properties.includes('timeout'));
}

const readsEnvironment = [
  /^src\/main\.ts$/,
  /^src\/faces\/cli\/environment\.ts$/,
  /^(?:test|bench|scripts)\//,
];

function environmentFault(path: string): Fault | undefined {
  if (readsEnvironment.some((pattern) => pattern.test(path))) return undefined;
  return {
    problem: 'process.env is read outside the configuration',
    remedy: 'read it in src/faces/cli/environment.ts and hand the value down',
  };
}
