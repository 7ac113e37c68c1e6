// The calendar of PostgreSQL releases: minor versions with their dates, and the end of each major.
// It ships with the product, so that nothing is asked of the internet; its own date is told.

/** The day up to which this calendar is complete. */
export const calendarDate = '2026-05-14';

interface MajorRelease {
  /** Release dates of .0, .1, .2, …, in order. */
  readonly minors: readonly string[];
  /** The day of the last minor version: see "Versioning Policy" at postgresql.org. */
  readonly end_of_life: string;
}

// Minor versions of all majors come on the same days.
const days = [
  ['2021-09-30', '2021-11-11', '2022-02-10', '2022-05-12', '2022-06-16', '2022-08-11'],
  ['2022-11-10', '2023-02-09', '2023-05-11', '2023-08-10', '2023-11-09', '2024-02-08'],
  ['2024-05-09', '2024-08-08', '2024-11-14', '2024-11-21', '2025-02-13', '2025-02-20'],
  ['2025-05-08', '2025-08-14', '2025-11-13', '2026-02-12', '2026-02-26', '2026-05-14'],
].flat();

const calendar: Readonly<Record<number, MajorRelease>> = {
  14: { minors: days, end_of_life: '2026-11-12' },
  15: { minors: since('2022-10-13'), end_of_life: '2027-11-11' },
  16: { minors: since('2023-09-14'), end_of_life: '2028-11-09' },
  17: { minors: since('2024-09-26'), end_of_life: '2029-11-08' },
  18: { minors: since('2025-09-25'), end_of_life: '2030-11-14' },
};

function since(first: string): readonly string[] {
  return [first, ...days.filter((day) => day > first)];
}

/** undefined for a major that the calendar does not know. */
export function majorRelease(major: number): MajorRelease | undefined {
  return calendar[major];
}

/** Minor versions that damage data, with the first one that does not. */
export const harmfulReleases: readonly {
  readonly major: number;
  readonly below: number;
  readonly harm: string;
}[] = [
  {
    major: 14,
    below: 4,
    harm: 'indexes built or rebuilt with CONCURRENTLY can be corrupt',
  },
];

/** Midnight UTC of a day of the calendar, in milliseconds since 1970. */
export function dayStart_ms(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
