// `pgrunbook config`: where every value comes from, what is wrong with the file, and its schema.
import { ConfigSchema } from '../../engine/config-schema.ts';
import { visible } from '../../kernel/visible.ts';
import { baselineOrigins, byDefault, settingOrigins, thresholdOrigins } from './config-origins.ts';
import type { Origin, Ports } from './ports.ts';
import { chooseOneTarget } from './targets.ts';

interface ConfigOptions {
  readonly config?: string;
}

/** Prints every value that counts for a target, with its origin. */
export async function explainConfig(
  word: string | undefined,
  options: ConfigOptions & { readonly output: string },
  ports: Ports,
): Promise<number> {
  const catalog = await ports.loadCatalog();
  const config = await ports.readConfig(options.config, catalog);
  const chosen = word === undefined ? null : chooseOneTarget(word, config);
  const target = chosen?.config ?? null;
  const found = await ports.findTarget(target);
  const explained: Explained = {
    file: config.file,
    target: chosen?.name ?? found.label,
    connection: found.origins,
    settings: settingOrigins(target),
    baselines: baselineOrigins(target),
    thresholds: thresholdOrigins(target, config, catalog),
  };
  // A program knows the name: it gets the label of the connection.
  const document = { schema: 1, ...explained, target: found.label };
  ports.terminal.out(
    options.output === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(explained),
  );
  if (options.output === 'json') return 0;
  for (const warning of found.warnings) ports.terminal.err(`warning: ${visible(warning)}\n`);
  return 0;
}

interface Explained {
  readonly file: string | null;
  readonly target: string;
  readonly connection: readonly Origin[];
  readonly settings: readonly Origin[];
  readonly baselines: readonly Origin[];
  readonly thresholds: readonly Origin[];
}

function asText({ file, target, thresholds, ...explained }: Explained): string {
  const absent = 'none (./pgrunbook.yaml and the one in ~/.config/pgrunbook are absent)';
  const set = thresholds.filter(({ origin }) => origin !== byDefault);
  const others = thresholds.length - set.length;
  const rest = `${others} ${set.length > 0 ? 'more ' : ''}at their defaults (-o json lists them)`;
  const section = (title: string, origins: readonly Origin[]) =>
    origins.length > 0 ? ['', title, ...table(origins)] : [];
  return [
    `configuration  ${file ?? absent}`,
    `target         ${target}`,
    ...section('Connection', explained.connection),
    ...section('Settings', explained.settings),
    ...section('Baselines', explained.baselines),
    '',
    'Thresholds',
    ...table(set),
    `  ${rest}`,
    '',
  ]
    .map(visible)
    .join('\n');
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

function table(origins: readonly Origin[]): readonly string[] {
  const width = (of: (origin: Origin) => string) =>
    Math.max(...origins.map((origin) => of(origin).length));
  const names = width(({ name }) => name);
  const values = Math.min(
    60,
    width(({ value }) => value),
  );
  return origins.map(
    ({ name, value, origin }) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${origin}`,
  );
}
