// The version of the server, for the checks that know the calendar of releases.
import { defineProbe } from '../../../kernel/probe.ts';
import { number, type RawRow } from '../../../kernel/row.ts';

export default defineProbe({ id: 'versions', row_limit: 1 });

export interface Version {
  readonly major: number;
  readonly minor: number;
}

export function parseVersion(row: RawRow): Version {
  const version_num = number(row, 'version_num');
  return { major: Math.trunc(version_num / 10_000), minor: version_num % 10_000 };
}
