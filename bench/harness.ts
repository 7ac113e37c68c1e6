// Claim: tests get real servers of all five majors so soon that there is no reason to fake them.
import { type EmbeddedServer, startServer } from '../src/adapters/embedded/start-server.ts';
import { supportedMajors } from '../src/kernel/model.ts';
import type { Claim, Outcome } from './claim.ts';
import { median } from './statistics.ts';

const times = 7;
const below_ms = 2_000;

export const harness: Claim = {
  id: 'harness',
  title: 'servers 14 to 18 start side by side from cached clusters in under two seconds',
  measure,
};

async function measure(note: (text: string) => void): Promise<Outcome> {
  note('making the clusters that are cached');
  await startAll();
  note(`starting all of them ${times} times`);
  const starts: Start[] = [];
  for (let time = 0; time < times; time += 1) starts.push(await startAll());
  const all_ms = starts.map(({ all }) => all);
  return {
    limits: [{ what: 'all five, median', measured: median(all_ms), below: below_ms, unit: 'ms' }],
    tables: [
      {
        title: `From the call to "ready to accept connections", ${times} times`,
        columns: ['server', 'median ms', 'best ms', 'worst ms'],
        rows: [
          row('all five', all_ms),
          ...supportedMajors.map((major) =>
            row(
              `PostgreSQL ${major}, among the five`,
              starts.map(({ each }) => each.get(major) ?? Number.NaN),
            ),
          ),
        ],
      },
    ],
    notes: ['Copying the cluster (39 MB each) is the most of it; fsync is off, as in the tests.'],
  };
}

interface Start {
  readonly all: number;
  readonly each: ReadonlyMap<number, number>;
}

async function startAll(): Promise<Start> {
  const began_ms = performance.now();
  const each = new Map<number, number>();
  const started = await Promise.allSettled(
    supportedMajors.map(async (major): Promise<EmbeddedServer> => {
      const server = await startServer({ major, name: 'bench', settings: { fsync: 'off' } });
      each.set(major, performance.now() - began_ms);
      return server;
    }),
  );
  const all = performance.now() - began_ms;
  const servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  await Promise.all(servers.map((server) => server.stop('immediate')));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return { all, each };
}

function row(name: string, samples: readonly number[]): readonly (string | number)[] {
  return [name, median(samples), Math.min(...samples), Math.max(...samples)];
}
