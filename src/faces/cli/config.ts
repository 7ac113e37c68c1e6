// `pgrunbook config`: where every value comes from, what is wrong with the file, and its schema.

import type { Config, TargetConfig } from '../../engine/config.ts';
import { ConfigSchema } from '../../engine/config-schema.ts';
import { thresholdsOf } from '../../engine/thresholds.ts';
import type { Catalog } from '../../kernel/catalog.ts';
import type { ThresholdSpec } from '../../kernel/thresholds.ts';
import { formatThreshold } from '../../kernel/thresholds.ts';
import type { Origin, Ports } from './ports.ts';
import { chooseTargets } from './targets.ts';

interface ConfigOptions {
  readonly config?: string;
}

/** Prints every connection setting and threshold of a target with its origin. */
export async function explainConfig(
  word: string | undefined,
  options: ConfigOptions & { readonly output: string },
  ports: Ports,
): Promise<number> {
  const catalog = await ports.loadCatalog();
  const config = await ports.readConfig(options.config, catalog);
  const [chosen] = chooseTargets(word === undefined ? [] : [word], config);
  const target = chosen?.config ?? null;
  const found = await ports.findTarget(target);
  const connection = found.origins;
  const thresholds = thresholdOrigins(target, config, catalog);
  if (options.output === 'json') {
    const document = { schema: 1, file: config.file, target: found.label, connection, thresholds };
    ports.terminal.out(`${JSON.stringify(document, null, 2)}\n`);
    return 0;
  }
  const file =
    config.file ?? 'none (./pgrunbook.yaml and the one in ~/.config/pgrunbook are absent)';
  ports.terminal.out(
    [
      `configuration  ${file}`,
      `target         ${chosen?.name ?? found.label}`,
      '',
      ...table(connection),
      '',
      'Thresholds that differ from their defaults',
      ...(thresholds.length > 0 ? table(thresholds) : ['  none']),
      '',
    ].join('\n'),
  );
  for (const warning of found.warnings) ports.terminal.err(`warning: ${warning}\n`);
  return 0;
}

/** Reads the file; its problems are the error. */
export async function validateConfig(options: ConfigOptions, ports: Ports): Promise<number> {
  const config = await ports.readConfig(options.config, await ports.loadCatalog());
  const count = Object.keys(config.targets).length;
  ports.terminal.out(
    config.file === null
      ? 'no configuration file was found\n'
      : `${config.file}: ${count} targets\n`,
  );
  return 0;
}

export async function printSchema(ports: Ports): Promise<number> {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  ports.terminal.out(`${JSON.stringify({ $schema, ...ConfigSchema }, null, 2)}\n`);
  return 0;
}

function thresholdOrigins(
  target: TargetConfig | null,
  config: Config,
  catalog: Catalog,
): readonly Origin[] {
  const own = target?.thresholds ?? config.thresholds;
  return catalog.checks.flatMap(({ check }) => {
    const values = thresholdsOf(check, own[check.id]);
    return Object.entries(check.thresholds).flatMap(([name, spec]) => {
      const written = own[check.id]?.[name];
      if (written === undefined) return [];
      const inherited = JSON.stringify(config.thresholds[check.id]?.[name]);
      const isGlobal = inherited === JSON.stringify(written);
      const origin = isGlobal ? 'thresholds:' : `targets: ${target?.name}`;
      const value = formatThreshold(spec, asValue(values[name], spec));
      const usual = formatThreshold(spec, spec.default);
      return [{ name: `${check.id}.${name}`, value, origin: `${origin}, default ${usual}` }];
    });
  });
}

function asValue(value: unknown, spec: ThresholdSpec): ThresholdSpec['default'] {
  const isValue = ['number', 'boolean'].includes(typeof value) || Array.isArray(value);
  return isValue ? (value as ThresholdSpec['default']) : spec.default; // parsed by the same spec
}

function table(origins: readonly Origin[]): readonly string[] {
  const width = (of: (origin: Origin) => string) =>
    Math.max(...origins.map((origin) => of(origin).length));
  const names = width(({ name }) => name);
  const values = Math.min(
    40,
    width(({ value }) => value),
  );
  return origins.map(
    ({ name, value, origin }) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${origin}`,
  );
}
