// How many standbys must answer before a commit returns, by synchronous_standby_names.

/** 0 where the setting is empty. `FIRST 2 (a, b)`, `ANY 2 (a, b)`, `2 (a, b)` and `a, b` occur. */
export function standbysRequired(names: string): number {
  if (names.trim() === '') return 0;
  const match = /^\s*(?:(?:first|any)\s+)?(\d+)\s*\(/i.exec(names);
  return match === null ? 1 : Number(match[1]);
}
