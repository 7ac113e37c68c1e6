// Durations and sizes: one way to read them, one way to write them.

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

// PostgreSQL's own memory units are powers of 1024: see "Parameter Names and Values" in its manual.
const sizeUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
};

/** Milliseconds in "90s", "5m", "5min", "1h", "7d", "250ms"; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  return parseQuantity(text, durationUnits);
}

/** Bytes in "100MB", "1GB", "512kB"; undefined where it is none. Units are powers of 1024. */
export function parseSize(text: string): number | undefined {
  return parseQuantity(text, sizeUnits);
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  const factor = units[match?.[2]?.toLowerCase() ?? ''];
  const amount = Number(match?.[1]);
  return factor === undefined || !Number.isFinite(amount) ? undefined : Math.round(amount * factor);
}

/** "14 min", "3 h 20 min", "12 d": two units at most, for people. */
export function formatDuration(duration_ms: number): string {
  if (duration_ms < 1_000) return `${Math.round(duration_ms)} ms`;
  if (duration_ms < 10_000) return `${(duration_ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(duration_ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} d`;
}

/** "8 kB", "2.1 GB": as pg_size_pretty counts, with powers of 1024. */
export function formatSize(size_bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.abs(size_bytes);
  let unit = 0;
  while (value >= 1024 && unit < names.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${size_bytes < 0 ? '-' : ''}${value.toFixed(digits).replace(/\.0$/, '')} ${names[unit]}`;
}

/** "94.1 %". */
export function formatPercent(percent: number): string {
  return `${percent.toFixed(1).replace(/\.0$/, '')} %`;
}

/** "1,234,567". */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** "1 session", "2 sessions"; a plural other than "s" is given. */
export function plural(count: number, noun: string, nouns: string = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}
