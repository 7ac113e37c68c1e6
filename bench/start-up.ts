// Claim: the built command line answers at once where no database is asked.
import type { Claim, Outcome } from './claim.ts';
import { buildBundle, childrenCpu, type Finished, finish, runBundle } from './processes.ts';
import { median, percentile } from './statistics.ts';

const times = 40;
const below_ms = 120;

const commands = [['--version'], ['check', '--help'], ['check', '--list']] as const;
const limited = ['pgrunbook --version', 'pgrunbook check --help'];

export const startUp: Claim = {
  id: 'start-up',
  title: '`--version` and `check --help` of the built bundle end in under 120 ms',
  measure,
};

async function measure(note: (text: string) => void): Promise<Outcome> {
  note('building');
  await buildBundle();
  const rows = [await sample('node --eval ""', () => finish(process.execPath, ['--eval', '']))];
  for (const args of commands) {
    const name = `pgrunbook ${args.join(' ')}`;
    note(name);
    rows.push(await sample(name, () => runBundle(args)));
  }
  return {
    limits: rows
      .filter(({ name }) => limited.includes(name))
      .map(({ name, wall_ms }) => ({
        what: `${name}, median`,
        measured: median(wall_ms),
        below: below_ms,
        unit: 'ms',
      })),
    tables: [
      {
        title: `Whole process, ${times} runs after one that fills the caches`,
        columns: ['command', 'median ms', 'P95 ms', 'best ms', 'processor ms'],
        rows: rows.map(({ name, wall_ms, cpu_ms }) => [
          name,
          median(wall_ms),
          percentile(wall_ms, 95),
          Math.min(...wall_ms),
          cpu_ms,
        ]),
      },
    ],
    notes: ['Node alone is the floor: no command can be faster.'],
  };
}

interface Sampled {
  readonly name: string;
  readonly wall_ms: readonly number[];
  /** Mean of user and system time together. */
  readonly cpu_ms: number;
}

async function sample(name: string, once: () => Promise<Finished>): Promise<Sampled> {
  await once();
  const before_ms = await childrenCpu();
  const wall_ms: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const ended = await once();
    if (ended.status !== 0) throw new Error(`${name} ended with ${ended.status}: ${ended.stderr}`);
    wall_ms.push(ended.wall_ms);
  }
  return { name, wall_ms, cpu_ms: ((await childrenCpu()) - before_ms) / times };
}
