// Resolves a connection string as libpq does: text, service file, environment, passfile, defaults.

import { collectSettings, explainSettings, unsupportedSetting } from './collect-settings.ts';
import { type HostEntry, splitHosts } from './host-list.ts';
import { findPassword, type Passfile, passfileHost, readPassfile } from './passfile.ts';
import {
  channelBindings,
  type Explanation,
  type ProtocolVersion,
  protocolVersions,
  type ResolvedHost,
  type ResolvedTarget,
  type SslMode,
  type Surroundings,
  sessionAttributes,
  sslModes,
  type TlsSettings,
} from './resolved-target.ts';
import { integer, invalid, oneOf, type Settings, settingValue } from './setting-values.ts';
import { readTlsFiles } from './tls-files.ts';

/**
 * What libpq would make of the text: a URI, keyword=value pairs, or undefined for the environment.
 * @throws usage/connection-string, usage/pool-setting-in-url, usage/service, usage/unknown-target,
 * unsupported/connection-setting. No error holds a password.
 */
export async function resolveTarget(
  text: string | undefined,
  surroundings: Surroundings,
): Promise<ResolvedTarget> {
  const settings = await collectSettings(text, surroundings);
  rejectGssEncryption(settings);
  const user = settingValue(settings, 'user') || surroundings.user;
  const database = settingValue(settings, 'dbname') || user;
  const sslmode = readSslMode(settings);
  const entries = splitHosts({
    host: settingValue(settings, 'host'),
    hostaddr: settingValue(settings, 'hostaddr'),
    port: settingValue(settings, 'port'),
    socket_directory: surroundings.socket_directory,
  });
  const passwords = await readPasswords(settings, surroundings);
  const hosts = entries.map((entry) => passwords.addTo(entry, { user, database }));
  return {
    hosts,
    user,
    database,
    options: settingValue(settings, 'options'),
    application_name: settings.get('application_name')?.value,
    session_settings: sessionSettings(surroundings.env),
    sslmode,
    tls: await readTls(settings, sslmode, surroundings),
    channel_binding: oneOf(settings, 'channel_binding', channelBindings),
    required_peer: settingValue(settings, 'requirepeer') || undefined,
    target_session_attrs: oneOf(settings, 'target_session_attrs', sessionAttributes),
    connect_timeout_ms: readTimeout(settings),
    keepalive: readKeepalive(settings),
    explain: [
      ...explainSettings(settings),
      ...explainDefaults(settings, { hosts, database }),
      ...passwords.explain(hosts),
    ],
    warnings: passwords.warnings,
  };
}

// `prefer` goes on without GSSAPI where there are no credentials, as for us there never are.
function rejectGssEncryption(settings: Settings): void {
  const mode = oneOf(settings, 'gssencmode', ['disable', 'prefer', 'require']);
  if (mode !== 'require') return;
  throw unsupportedSetting('gssencmode', settings.get('gssencmode'), ['disable', 'prefer']);
}

// sslrootcert=system means the public authorities, where anybody can get a certificate: from
// libpq 16 on it therefore demands that the name is verified too.
function readSslMode(settings: Settings): SslMode {
  const sslmode = oneOf(settings, 'sslmode', sslModes);
  if (settingValue(settings, 'sslrootcert') !== 'system') return sslmode;
  if (settings.get('sslmode')?.source === 'default' || sslmode === 'verify-full') {
    return 'verify-full';
  }
  throw invalid(settings, 'sslmode', 'verify-full with sslrootcert=system');
}

async function readTls(
  settings: Settings,
  sslmode: SslMode,
  surroundings: Surroundings,
): Promise<TlsSettings> {
  const min_version = protocolVersion(settings, 'ssl_min_protocol_version');
  const max_version = protocolVersion(settings, 'ssl_max_protocol_version');
  const rank = (version: ProtocolVersion) => protocolVersions.indexOf(version);
  if (min_version && max_version && rank(min_version) > rank(max_version)) {
    throw invalid(settings, 'ssl_min_protocol_version', `at most ${max_version}, the maximum`);
  }
  const files = await readTlsFiles(settings, sslmode, surroundings);
  const sendsServerName = settingValue(settings, 'sslsni').startsWith('1');
  return { min_version, max_version, sendsServerName, files: () => files };
}

function protocolVersion(settings: Settings, key: string): ProtocolVersion | undefined {
  const written = settingValue(settings, key).toLowerCase();
  if (written === '') return undefined;
  const found = protocolVersions.find((version) => version.toLowerCase() === written);
  if (found !== undefined) return found;
  throw invalid(settings, key, `one of ${protocolVersions.join(', ')}`);
}

// libpq waits without limit for 0 and less, and never less than two seconds.
function readTimeout(settings: Settings): number | undefined {
  const timeout_s = integer(settings, 'connect_timeout') ?? 0;
  return timeout_s <= 0 ? undefined : Math.max(timeout_s, 2) * 1_000;
}

function readKeepalive(settings: Settings): ResolvedTarget['keepalive'] {
  const idle_s = integer(settings, 'keepalives_idle') ?? 0;
  const isEnabled = (integer(settings, 'keepalives') ?? 1) !== 0;
  return { isEnabled, idle_ms: Math.max(idle_s, 0) * 1_000 };
}

// PGDATESTYLE is left out on purpose: the driver reads ISO dates only.
function sessionSettings(env: Surroundings['env']): Readonly<Record<string, string>> {
  const settings: Record<string, string> = {};
  for (const [variable, name] of [
    ['PGTZ', 'timezone'],
    ['PGGEQO', 'geqo'],
  ] as const) {
    const value = env[variable];
    if (value !== undefined && value.toLowerCase() !== 'default') settings[name] = value;
  }
  return settings;
}

// What libpq fills in last, so that no table of defaults could hold it.
function explainDefaults(
  settings: Settings,
  { hosts, database }: Pick<ResolvedTarget, 'hosts' | 'database'>,
): readonly Explanation[] {
  const isGiven = (key: string) => settingValue(settings, key) !== '';
  const [first] = hosts;
  const host = !isGiven('host') && !isGiven('hostaddr') && first !== undefined;
  return [
    ...(host ? [{ setting: 'host', value: first.host, source: 'default' }] : []),
    ...(isGiven('dbname')
      ? []
      : [{ setting: 'dbname', value: database, source: 'name of the user' }]),
  ];
}

interface Passwords {
  addTo(entry: HostEntry, names: { user: string; database: string }): ResolvedHost;
  explain(hosts: readonly ResolvedHost[]): readonly Explanation[];
  readonly warnings: readonly string[];
}

// One password given for all hosts wins; else each host has its own line in the passfile.
async function readPasswords(settings: Settings, surroundings: Surroundings): Promise<Passwords> {
  const given = settingValue(settings, 'password');
  const { home, socket_directory } = surroundings;
  const path = settingValue(settings, 'passfile') || (home === undefined ? '' : `${home}/.pgpass`);
  const isNeeded = given === '' && path !== '';
  const passfile: Passfile = isNeeded
    ? await readPassfile(path, surroundings)
    : { path, lines: [], warning: undefined };
  return {
    addTo({ port_text, ...entry }, names) {
      const host = passfileHost(entry.host || (entry.hostaddr ?? ''), socket_directory);
      const found = given || findPassword(passfile.lines, { host, port: port_text, ...names });
      return { ...entry, password: () => found };
    },
    explain(hosts) {
      const isFound = given === '' && hosts.some((host) => host.password() !== undefined);
      return isFound ? [{ setting: 'password', value: '********', source: passfile.path }] : [];
    },
    warnings: passfile.warning === undefined ? [] : [passfile.warning],
  };
}
