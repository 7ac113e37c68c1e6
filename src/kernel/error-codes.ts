// Every error code with the sentence that explains it; docs/reference/errors.md is made from it.

export const errorCodes = {
  'usage/arguments': 'An option or argument is missing, unknown or of the wrong form.',
  'usage/connection-string': 'The connection string or one of its settings is not valid.',
  'usage/pool-setting-in-url':
    'Pool settings belong to the application; a server does not know them as connection settings.',
  'usage/config': 'The configuration file does not match its schema.',
  'usage/config-missing': 'The configuration file named could not be read.',
  'usage/unknown-target': 'No target of this name is configured, and it is no connection string.',
  'usage/unknown-check': 'The catalogue has no check of this name.',
  'usage/service': 'The service is not defined in any pg_service.conf that was read.',
  'usage/unknown-database': 'The server has no database of this name.',
  'unreachable/connect': 'No server accepted the connection.',
  'unreachable/lost': 'The server closed the connection while it was in use.',
  'unreachable/timeout': 'The server did not answer within the time allowed.',
  'unreachable/session-attributes':
    'Servers answered, but none was of the kind that target_session_attrs asks for.',
  'unreachable/starting': 'The server is starting up, shutting down or in recovery.',
  'unreachable/full': 'The server has no connection slot left for this role.',
  'denied/authentication': 'The server refused the role, its password or its certificate.',
  'denied/tls': 'The TLS connection could not be made as sslmode demands.',
  'denied/privilege': 'The role lacks a privilege.',
  'denied/secret': 'A secret named by reference could not be read, or others can read its file.',
  'unsupported/server-version': 'This version of PostgreSQL is not one of 14 to 18.',
  'unsupported/server': 'The server is not PostgreSQL, or does not speak its protocol.',
  'unsupported/platform': 'No embedded PostgreSQL is installed for this platform.',
  'unsupported/connection-setting': 'This libpq connection setting is known but not supported.',
  'refused/busy': 'Another inspection of this target is running.',
  'refused/read-only': 'A statement that writes was sent in a read-only transaction.',
  'refused/lock-timeout': 'A lock was not free within the time allowed.',
  'failed/embedded-server': 'The embedded PostgreSQL server could not be started.',
  'failed/statement': 'The server rejected a statement.',
  'failed/write': 'The output could not be written.',
  'bug/assertion': 'Something that must always be true was not. This is a fault in pgrunbook.',
  'bug/unexpected': 'An error that nobody foresaw. This is a fault in pgrunbook.',
  'bug/catalog': 'A catalogue folder is incomplete or contradicts itself.',
} as const satisfies Record<`${string}/${string}`, string>;

export type ErrorCode = keyof typeof errorCodes;
