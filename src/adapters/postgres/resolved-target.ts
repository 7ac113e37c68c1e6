// What a connection string, its files and the environment come to: the value a connection needs.

/** Everything outside the text that libpq looks at. A test passes its own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home directory; undefined where the user has none. */
  readonly home: string | undefined;
  /** Name of the operating system's user: the default role. */
  readonly user: string;
  /** Where local servers have their socket: /var/run/postgresql in Debian's libpq. */
  readonly socket_directory: string;
  /** Text of a file; undefined where it is missing or may not be read. */
  readFile(path: string): Promise<string | undefined>;
  /** What stat() says of a file; undefined where it is missing. */
  fileStatus(path: string): Promise<FileStatus | undefined>;
}

export interface FileStatus {
  readonly isFile: boolean;
  /** Permission bits. */
  readonly mode: number;
  /** User id of its owner. */
  readonly owner: number;
}

export const sslModes = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
] as const;
export type SslMode = (typeof sslModes)[number];

export const sessionAttributes = [
  'any',
  'read-write',
  'read-only',
  'primary',
  'standby',
  'prefer-standby',
] as const;
export type SessionAttributes = (typeof sessionAttributes)[number];

export const channelBindings = ['disable', 'prefer', 'require'] as const;
export type ChannelBinding = (typeof channelBindings)[number];

export const protocolVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

/** One server of the list, tried in the order written. */
export interface ResolvedHost {
  readonly kind: 'name' | 'address' | 'socket';
  /** Name or address as written, or the directory of a socket; empty where only hostaddr is. */
  readonly host: string;
  /** Numeric address to use instead of looking the name up. */
  readonly hostaddr: string | undefined;
  readonly port: number;
  /** A function, so that no log or JSON of the target holds the secret. */
  readonly password: () => string | undefined;
}

export interface TlsSettings {
  readonly min_version: ProtocolVersion | undefined;
  readonly max_version: ProtocolVersion | undefined;
  readonly sendsServerName: boolean;
  /** Contents of the certificate files, or why they cannot be used; a function as above. */
  readonly files: () => TlsFiles;
}

/** Certificates in PEM. `problem` is told when a server has accepted TLS, as libpq does. */
export interface TlsFiles {
  readonly problem: string | undefined;
  readonly root_path: string | undefined;
  /** Undefined where there is no root certificate, so nothing is verified. */
  readonly root: string | 'system' | undefined;
  readonly revoked: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly passphrase: string | undefined;
}

export interface Explanation {
  /** libpq's keyword. */
  readonly setting: string;
  /** The value in use; secrets are masked. */
  readonly value: string;
  /** "URI", "environment variable PGHOST", "service prod in …", "default". */
  readonly source: string;
}

export interface ResolvedTarget {
  readonly hosts: readonly ResolvedHost[];
  readonly user: string;
  readonly database: string;
  /** Command-line options for the server; empty where there are none. */
  readonly options: string;
  /** What the user asked for; undefined lets the caller choose. Empty means: send none. */
  readonly application_name: string | undefined;
  /** Session settings of PGTZ and PGGEQO, sent at startup as libpq does. */
  readonly session_settings: Readonly<Record<string, string>>;
  readonly sslmode: SslMode;
  readonly tls: TlsSettings;
  readonly channel_binding: ChannelBinding;
  /** User who must own the server behind a socket. */
  readonly required_peer: string | undefined;
  readonly target_session_attrs: SessionAttributes;
  /** Limit for one address; undefined where the target sets none. */
  readonly connect_timeout_ms: number | undefined;
  readonly keepalive: { readonly isEnabled: boolean; readonly idle_ms: number };
  readonly explain: readonly Explanation[];
  /** What was found and could not be honoured: a passfile that others can read, … */
  readonly warnings: readonly string[];
}
