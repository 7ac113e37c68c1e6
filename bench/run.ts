// Measures the claims that are named, or all of them, and prints what came out.
// It ends with status 1 where a limit was not kept.
import type { Claim } from './claim.ts';
import { harness } from './harness.ts';
import { largeCatalog } from './large-catalog.ts';
import { pgbenchOverhead } from './pgbench-overhead.ts';
import { isBroken, renderMachine, renderOutcome } from './render.ts';
import { startUp } from './start-up.ts';

// The quick ones first.
const claims: readonly Claim[] = [startUp, harness, largeCatalog, pgbenchOverhead];

const named = process.argv.slice(2);
const unknown = named.filter((name) => claims.every(({ id }) => id !== name));
if (unknown.length > 0) {
  process.stderr.write(
    `No claim ${unknown.join(', ')}; ${claims.map(({ id }) => id).join(', ')}\n`,
  );
  process.exit(2);
}
const chosen = claims.filter(({ id }) => named.length === 0 || named.includes(id));
const note = (text: string) => void process.stderr.write(`… ${text}\n`);
process.stdout.write(`${renderMachine()}\n`);
for (const claim of chosen) {
  const outcome = await claim.measure(note);
  process.stdout.write(`${renderOutcome(claim, outcome)}\n`);
  if (outcome.limits.some(isBroken)) process.exitCode = 1;
}
