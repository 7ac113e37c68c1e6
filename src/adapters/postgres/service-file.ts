// Reads the settings of one service from pg_service.conf, where libpq looks for it.
import { RunbookError } from '../../kernel/errors.ts';
import { isConnectionOption, unknownOption } from './conninfo-options.ts';
import type { Surroundings } from './resolved-target.ts';

// Where Debian's libpq looks when PGSYSCONFDIR is not set.
const systemFolder = '/etc/postgresql-common';

export interface Service {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Settings of the service in PGSERVICEFILE or ~/.pg_service.conf, else in the system's file.
 * @throws usage/service where no file read defines it or a file is not well-formed.
 */
export async function readService(name: string, surroundings: Surroundings): Promise<Service> {
  const searched: string[] = [];
  for (const path of serviceFiles(surroundings)) {
    const text = await surroundings.readFile(path);
    const isNamed = path === surroundings.env['PGSERVICEFILE'];
    if (text === undefined && !isNamed) continue;
    if (text === undefined) {
      throw new RunbookError('usage/service', {
        what: `service file ${path} could not be read`,
        why: 'PGSERVICEFILE names it.',
      });
    }
    searched.push(path);
    const values = parseServiceFile(text, { name, path });
    if (values !== undefined) return { path, values };
  }
  throw new RunbookError('usage/service', {
    what: `service ${JSON.stringify(name)} is not defined`,
    why: searched.length === 0 ? 'No pg_service.conf was found.' : `Read: ${searched.join(', ')}.`,
    remedy: `Add a section [${name}] to ~/.pg_service.conf, or set PGSERVICEFILE.`,
  });
}

function serviceFiles({ env, home }: Surroundings): readonly string[] {
  const own = env['PGSERVICEFILE'] ?? (home === undefined ? undefined : `${home}/.pg_service.conf`);
  const system = `${env['PGSYSCONFDIR'] ?? systemFolder}/pg_service.conf`;
  return own === undefined ? [system] : [own, system];
}

interface Place {
  readonly name: string;
  readonly path: string;
}

/** Settings of the named section; undefined where the text has no such section. */
export function parseServiceFile(
  text: string,
  place: Place,
): ReadonlyMap<string, string> | undefined {
  let values: Map<string, string> | undefined;
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      if (values !== undefined) break;
      if (line.startsWith(`[${place.name}]`)) values = new Map();
    } else if (values !== undefined) {
      readSetting(line, values, `${place.path}, line ${index + 1}`);
    }
  }
  return values;
}

// Values are taken as they stand: no quotes, no escapes, and space beside "=" belongs to them.
function readSetting(line: string, values: Map<string, string>, where: string): void {
  if (line.startsWith('ldap')) {
    throw new RunbookError('unsupported/connection-setting', {
      what: `${where} asks an LDAP server for the settings`,
      remedy: 'Write host, port and dbname into the service.',
    });
  }
  const equals = line.indexOf('=');
  const key = line.slice(0, equals);
  const isNested = key === 'service';
  if (equals < 0 || isNested) {
    throw new RunbookError('usage/service', {
      what: isNested ? `${where} names another service` : `${where} has no "="`,
      remedy: 'A service holds lines of the form keyword=value.',
    });
  }
  if (!isConnectionOption(key) && key !== 'requiressl') {
    const unknown = unknownOption(key);
    throw new RunbookError(
      unknown.code === 'usage/connection-string' ? 'usage/service' : unknown.code,
      {
        what: `${where}: ${unknown.message}`,
        ...(unknown.remedy === undefined ? {} : { remedy: unknown.remedy }),
      },
    );
  }
  // The first of two lines with the same keyword wins, other than in a connection string.
  if (!values.has(key)) values.set(key, line.slice(equals + 1));
}
