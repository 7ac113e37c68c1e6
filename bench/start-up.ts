// Claim: the built command line answers at once where no database is asked.
import type { Claim, Outcome } from './claim.ts';
import { buildBundle, finish, runBundle } from './processes.ts';
import { median, percentile } from './statistics.ts';

const times = 40;
const below_ms = 120;

const commands = [['--version'], ['check', '--help'], ['check', '--list']] as const;

export const startUp: Claim = {
  id: 'start-up',
  title: '`--version` and `check --help` of the built bundle end in under 120 ms',
  measure,
};

async function measure(note: (text: string) => void): Promise<Outcome> {
  note('building');
  await buildBundle();
  const rows: { name: string; samples: readonly number[] }[] = [];
  // What Node alone needs is the floor: it cannot be undercut.
  rows.push({ name: 'node --eval ""', samples: await sample(() => emptyNode()) });
  for (const args of commands) {
    note(`pgrunbook ${args.join(' ')}`);
    const samples = await sample(() => timed(args));
    rows.push({ name: `pgrunbook ${args.join(' ')}`, samples });
  }
  const [, version, help] = rows;
  return {
    limits: [version, help].flatMap((row) =>
      row === undefined
        ? []
        : [
            {
              what: `${row.name}, median`,
              measured: median(row.samples),
              below: below_ms,
              unit: 'ms',
            },
          ],
    ),
    tables: [
      {
        title: `Whole process, ${times} runs after one that fills the caches`,
        columns: ['command', 'median ms', 'P95 ms', 'best ms'],
        rows: rows.map(({ name, samples }) => [
          name,
          median(samples),
          percentile(samples, 95),
          Math.min(...samples),
        ]),
      },
    ],
    notes: [],
  };
}

async function sample(once: () => Promise<number>): Promise<readonly number[]> {
  await once();
  const samples: number[] = [];
  for (let time = 0; time < times; time += 1) samples.push(await once());
  return samples;
}

async function emptyNode(): Promise<number> {
  return (await finish(process.execPath, ['--eval', ''])).wall_ms;
}

async function timed(args: readonly string[]): Promise<number> {
  const { status, stderr, wall_ms } = await runBundle(args);
  if (status !== 0) throw new Error(`pgrunbook ${args.join(' ')} ended with ${status}: ${stderr}`);
  return wall_ms;
}
