// Finds the password of one connection in ~/.pgpass or the file that PGPASSFILE names.
import type { Surroundings } from './resolved-target.ts';

export interface Passfile {
  readonly path: string;
  readonly lines: readonly string[];
  /** Why the file was not used although it is there. */
  readonly warning: string | undefined;
}

/** What a password is looked up by, each as text. */
export interface PassfileKey {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
}

/** Reads the file; one that others may read is not used, as its secrets are no secrets. */
export async function readPassfile(path: string, surroundings: Surroundings): Promise<Passfile> {
  const status = await surroundings.fileStatus(path);
  const unused = (warning: string | undefined): Passfile => ({ path, lines: [], warning });
  if (status === undefined) return unused(undefined);
  if (!status.isFile) return unused(`passfile ${path} is not a plain file, so it was not read`);
  if ((status.mode & 0o077) !== 0) {
    return unused(
      `passfile ${path} can be read by group or others, so it was not used: chmod 600 ${path}`,
    );
  }
  const text = await surroundings.readFile(path);
  return { path, lines: text?.split(/\r?\n/) ?? [], warning: undefined };
}

/** The password of the first line that matches; undefined where none does. */
export function findPassword(lines: readonly string[], key: PassfileKey): string | undefined {
  const wanted = [key.host, key.port, key.database, key.user];
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    const fields = splitFields(line);
    const isMatch = wanted.every((value, index) => matches(fields[index], value));
    const password = fields[4];
    if (isMatch && password !== undefined) return removeEscapes(password);
  }
  return undefined;
}

/** The name a host has in a passfile: the default socket directory is "localhost". */
export function passfileHost(host: string, socket_directory: string): string {
  return host === '' || host === socket_directory ? 'localhost' : host;
}

function matches(field: string | undefined, value: string): boolean {
  return field !== undefined && (field === '*' || removeEscapes(field) === value);
}

// Fields as written, escapes kept: "\*" is an asterisk and not the wildcard.
function splitFields(line: string): readonly string[] {
  const parts = line.match(/\\?./gs) ?? [];
  const fields = [''];
  for (const part of parts) {
    if (part === ':') fields.push('');
    else fields.push((fields.pop() ?? '') + part);
  }
  return fields;
}

function removeEscapes(field: string): string {
  return field.replace(/\\(.)/g, '$1');
}
