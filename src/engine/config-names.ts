// Names in pgrunbook.yaml that must mean something: targets, checks, groups.
import { closest, distance } from 'fastest-levenshtein';
import type { Catalog } from '../kernel/catalog.ts';
import { checkGroups } from '../kernel/check.ts';
import type { Problem } from './config-place.ts';
import type { WrittenConfig } from './config-schema.ts';

export function nameProblems(config: WrittenConfig, catalog: Catalog): readonly Problem[] {
  return [
    ...targetNameProblems(config),
    ...skipProblems(config, catalog),
    ...scheduleProblems(config),
  ];
}

// On a command line these would not be read as the name of a target.
function targetNameProblems({ targets = {} }: WrittenConfig): readonly Problem[] {
  return Object.keys(targets).flatMap((name): readonly Problem[] => {
    const here = { path: ['targets', name], on_key: true };
    if (name === 'all') {
      return [{ ...here, message: 'no target may be called all: the word means every target' }];
    }
    return name === '' || /[=/\s]/.test(name)
      ? [{ ...here, message: 'the name of a target may not be empty nor hold =, / or blanks' }]
      : [];
  });
}

function skipProblems({ targets = {} }: WrittenConfig, catalog: Catalog): readonly Problem[] {
  const known = [...checkGroups, ...catalog.checks.map(({ check }) => check.id)];
  return Object.entries(targets).flatMap(([name, { skip = [] }]) =>
    unknownNames(skip, { path: ['targets', name, 'skip'], what: 'check or group', known }),
  );
}

function scheduleProblems({ schedules = [], targets = {} }: WrittenConfig): readonly Problem[] {
  const known = Object.keys(targets);
  return schedules.flatMap((schedule, index) =>
    unknownNames(schedule.targets, {
      path: ['schedules', String(index), 'targets'],
      what: 'target',
      known,
    }),
  );
}

interface NameList {
  readonly path: readonly string[];
  readonly what: string;
  readonly known: readonly string[];
}

function unknownNames(names: readonly string[], list: NameList): readonly Problem[] {
  return names.flatMap((name, index) =>
    list.known.includes(name)
      ? []
      : [
          {
            path: [...list.path, String(index)],
            message: `no ${list.what} is called ${name}${suggestion(name, list.known)}`,
          },
        ],
  );
}

// A list longer than this helps nobody at the end of a line.
const listedAtMost = 12;

/** What to put after a word that is not known: the nearest that is, or all of a short list. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(word, [...known]);
  if (distance(word, near) <= Math.max(2, word.length / 3)) return `; did you mean ${near}?`;
  return known.length <= listedAtMost ? `; known: ${known.join(', ')}` : '';
}
