// Brings together what the text, the service file, the environment and the defaults say.
import { RunbookError } from '../../kernel/errors.ts';
import { type ConnectionOption, connectionOptions } from './conninfo-options.ts';
import {
  isConnectionString,
  parseConnectionString,
  rejectForeignScheme,
} from './conninfo-parse.ts';
import type { Explanation, Surroundings } from './resolved-target.ts';
import { readService } from './service-file.ts';
import type { Setting, Settings } from './setting-values.ts';

/**
 * Settings in libpq's order of precedence: text, service, environment, default. A setting that
 * was given and cannot be honoured is an error, never dropped.
 */
export async function collectSettings(
  text: string | undefined,
  surroundings: Surroundings,
): Promise<Settings> {
  const settings = new Map<string, Setting>();
  addText(settings, text);
  await addService(settings, surroundings);
  for (const option of connectionOptions) addFallback(settings, option, surroundings);
  for (const option of connectionOptions) rejectUnsupported(settings, option);
  return settings;
}

/** What `config explain` prints: every setting that has a value, without secrets. */
export function explainSettings(settings: Settings): readonly Explanation[] {
  return connectionOptions.flatMap(({ key, isSecret, ignored }) => {
    const setting = settings.get(key);
    if (setting === undefined) return [];
    const source =
      ignored === undefined ? setting.source : `${setting.source}; no effect: ${ignored}`;
    return [{ setting: key, value: isSecret ? '********' : setting.value, source }];
  });
}

function addText(settings: Map<string, Setting>, text: string | undefined): void {
  if (text === undefined || text.trim() === '') return;
  rejectForeignScheme(text);
  if (!isConnectionString(text)) {
    const name = /^[\w.-]+$/.test(text) ? JSON.stringify(text) : 'the text';
    throw new RunbookError('usage/unknown-target', {
      what: `${name} is neither a configured target nor a connection string`,
      remedy: 'Write postgresql://…, keyword=value pairs such as "dbname=app", or service=NAME.',
    });
  }
  const { form, values } = parseConnectionString(text);
  for (const [key, value] of values) settings.set(key, { value, source: form });
}

async function addService(
  settings: Map<string, Setting>,
  surroundings: Surroundings,
): Promise<void> {
  const variable = surroundings.env['PGSERVICE'];
  const name = settings.get('service')?.value ?? variable;
  if (name === undefined) return;
  const { path, values } = await readService(name, surroundings);
  for (const [key, value] of values) {
    if (!settings.has(key)) settings.set(key, { value, source: `service ${name} in ${path}` });
  }
}

function addFallback(
  settings: Map<string, Setting>,
  { key, variable, fallback }: ConnectionOption,
  { env, user }: Surroundings,
): void {
  if (settings.has(key)) return;
  const fromVariable = variable === undefined ? undefined : env[variable];
  if (fromVariable !== undefined) {
    settings.set(key, { value: fromVariable, source: `environment variable ${variable}` });
  } else if (key === 'sslmode' && env['PGREQUIRESSL']?.startsWith('1')) {
    settings.set(key, { value: 'require', source: 'environment variable PGREQUIRESSL' });
  } else if (fallback !== undefined) {
    settings.set(key, { value: fallback, source: 'default' });
  } else if (key === 'user') {
    settings.set(key, { value: user, source: 'operating system user' });
  }
}

function rejectUnsupported(settings: Settings, { key, harmless }: ConnectionOption): void {
  const setting = settings.get(key);
  if (harmless === undefined || setting === undefined || setting.value === '') return;
  if (harmless.includes(setting.value)) return;
  throw unsupportedSetting(key, setting, harmless);
}

export function unsupportedSetting(
  key: string,
  setting: Setting | undefined,
  harmless: readonly string[],
): RunbookError {
  const accepted = harmless.length === 0 ? '' : ` (only ${harmless.join(', ')})`;
  return new RunbookError('unsupported/connection-setting', {
    what: `${key} (from ${setting?.source ?? 'default'}) is not supported${accepted}`,
    why: 'Ignoring it would make another connection than the one that was asked for.',
  });
}
