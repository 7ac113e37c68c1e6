// The table of libpq's connection settings: keyword, environment variable, default, our support.
import { closest, distance } from 'fastest-levenshtein';
import { RunbookError } from '../../kernel/errors.ts';

export interface ConnectionOption {
  readonly key: string;
  /** Environment variable that gives the value where nothing else does. */
  readonly variable?: string;
  readonly fallback?: string;
  readonly isSecret?: true;
  /**
   * The values that change nothing for us, of a setting that is otherwise unsupported. Ignoring
   * the others would mean to connect with less than was demanded.
   */
  readonly harmless?: readonly string[];
  /** Why the setting has no effect here. */
  readonly ignored?: string;
}

const noSocketOption = 'Node.js has no such socket option; the deadlines of pgrunbook apply';
const noKerberos = 'GSSAPI is not supported';

/** libpq 15's settings in its own order, then those that later versions added. */
export const connectionOptions: readonly ConnectionOption[] = [
  { key: 'service', variable: 'PGSERVICE' },
  { key: 'user', variable: 'PGUSER' },
  { key: 'password', variable: 'PGPASSWORD', isSecret: true },
  { key: 'passfile', variable: 'PGPASSFILE' },
  { key: 'channel_binding', variable: 'PGCHANNELBINDING', fallback: 'prefer' },
  { key: 'connect_timeout', variable: 'PGCONNECT_TIMEOUT' },
  { key: 'dbname', variable: 'PGDATABASE' },
  { key: 'host', variable: 'PGHOST' },
  { key: 'hostaddr', variable: 'PGHOSTADDR' },
  { key: 'port', variable: 'PGPORT', fallback: '5432' },
  {
    key: 'client_encoding',
    variable: 'PGCLIENTENCODING',
    ignored: 'pgrunbook reads text as UTF8 and always asks the server for it',
  },
  { key: 'options', variable: 'PGOPTIONS' },
  { key: 'application_name', variable: 'PGAPPNAME' },
  { key: 'fallback_application_name', ignored: 'pgrunbook gives a name of its own, as psql does' },
  { key: 'keepalives' },
  { key: 'keepalives_idle' },
  { key: 'keepalives_interval', ignored: noSocketOption },
  { key: 'keepalives_count', ignored: noSocketOption },
  { key: 'tcp_user_timeout', ignored: noSocketOption },
  { key: 'sslmode', variable: 'PGSSLMODE', fallback: 'prefer' },
  { key: 'sslcompression', variable: 'PGSSLCOMPRESSION', ignored: 'TLS compression is unsafe' },
  { key: 'sslcert', variable: 'PGSSLCERT' },
  { key: 'sslkey', variable: 'PGSSLKEY' },
  { key: 'sslpassword', isSecret: true },
  { key: 'sslrootcert', variable: 'PGSSLROOTCERT' },
  { key: 'sslcrl', variable: 'PGSSLCRL' },
  { key: 'sslcrldir', variable: 'PGSSLCRLDIR', harmless: [] },
  { key: 'sslsni', variable: 'PGSSLSNI', fallback: '1' },
  { key: 'requirepeer', variable: 'PGREQUIREPEER' },
  {
    key: 'ssl_min_protocol_version',
    variable: 'PGSSLMINPROTOCOLVERSION',
    fallback: 'TLSv1.2',
  },
  { key: 'ssl_max_protocol_version', variable: 'PGSSLMAXPROTOCOLVERSION' },
  { key: 'gssencmode', variable: 'PGGSSENCMODE', fallback: 'prefer' },
  { key: 'krbsrvname', variable: 'PGKRBSRVNAME', ignored: noKerberos },
  { key: 'gsslib', variable: 'PGGSSLIB', ignored: noKerberos },
  { key: 'replication', harmless: ['false', 'off', 'no', '0'] },
  { key: 'target_session_attrs', variable: 'PGTARGETSESSIONATTRS', fallback: 'any' },
  // PostgreSQL 16
  { key: 'require_auth', variable: 'PGREQUIREAUTH', harmless: [] },
  { key: 'sslcertmode', variable: 'PGSSLCERTMODE', harmless: ['allow'] },
  { key: 'load_balance_hosts', variable: 'PGLOADBALANCEHOSTS', harmless: ['disable'] },
  { key: 'gssdelegation', variable: 'PGGSSDELEGATION', ignored: noKerberos },
  // PostgreSQL 17
  { key: 'sslnegotiation', variable: 'PGSSLNEGOTIATION', harmless: ['postgres'] },
  // PostgreSQL 18
  { key: 'min_protocol_version', variable: 'PGMINPROTOCOLVERSION', harmless: ['3.0'] },
  {
    key: 'max_protocol_version',
    variable: 'PGMAXPROTOCOLVERSION',
    harmless: ['3.0', '3.2', 'latest'],
  },
  { key: 'servicefile', harmless: [] },
  { key: 'sslkeylogfile', harmless: [] },
  { key: 'scram_client_key', isSecret: true, harmless: [] },
  { key: 'scram_server_key', isSecret: true, harmless: [] },
  { key: 'oauth_issuer', harmless: [] },
  { key: 'oauth_client_id', harmless: [] },
  { key: 'oauth_client_secret', isSecret: true, harmless: [] },
  { key: 'oauth_scope', harmless: [] },
];

const byKey: ReadonlyMap<string, ConnectionOption> = new Map(
  connectionOptions.map((option) => [option.key, option]),
);

export function isConnectionOption(key: string): boolean {
  return byKey.has(key);
}

/** Settings of an application's pool that people write into URLs, and where they belong. */
const poolSettings: ReadonlyMap<string, string> = new Map([
  ['pool_size', 'set DATABASE_POOL_SIZE'],
  ['connection_limit', 'set DATABASE_POOL_SIZE'],
  ['max_overflow', 'set DATABASE_MAX_OVERFLOW'],
  ['pool_timeout', 'set DATABASE_POOL_TIMEOUT'],
  ['pool_recycle', 'set DATABASE_POOL_RECYCLE'],
  ['pool_pre_ping', "ask for it in the application's engine"],
  ['pgbouncer', "tell it the application's driver; a server does not know it"],
  ['statement_cache_size', "tell it the application's driver; a server does not know it"],
  ['schema', 'write the schema into the query, or options=-csearch_path=<schema>'],
]);

/** The error of a keyword that libpq does not know, with the one that was probably meant. */
export function unknownOption(key: string): RunbookError {
  const place = poolSettings.get(key);
  if (place !== undefined) {
    return new RunbookError('usage/pool-setting-in-url', {
      what: `${key} is not a connection setting of PostgreSQL`,
      remedy: `Remove ${key} from the connection string and ${place}.`,
    });
  }
  // What is no name may be a piece of a URL without its scheme, password and all.
  const isName = /^\w+$/.test(key);
  const keys = connectionOptions.map((option) => option.key);
  const nearest = closest(key, keys);
  const isNear = isName && distance(key, nearest) <= Math.max(2, Math.floor(nearest.length / 3));
  return new RunbookError('usage/connection-string', {
    what: `${isName ? `"${key}"` : 'a word of the text'} is not a connection setting`,
    remedy: isNear ? `Did you mean ${nearest}?` : `Known settings: ${keys.join(', ')}.`,
  });
}
