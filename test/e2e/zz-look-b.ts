import { openStage } from './estate-stage.ts';

const { default: estate } = await import(`../../examples/${process.argv[2]}/estate.ts`);
const lap = async (name: string, f: () => Promise<unknown>) => {
  const t = performance.now();
  await f();
  console.log(name, Math.round(performance.now() - t));
};
const s = await openStage(estate);
try {
  await lap('load', () => estate.load(s, { size: 1, seed: 7 }));
  for (const f of estate.faults) await lap(f.id + ' on', () => f.on(s));
  for (const f of estate.faults) await lap(f.id + ' off', () => f.off(s));
} finally {
  await s.close();
}
