// The demo: every fault found, nothing left behind by its end, by Ctrl-C or by a kill.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { openFolder } from '../../src/adapters/embedded/owner.ts';
import { sweepLeftovers } from '../../src/adapters/embedded/sweep.ts';
import { pgrunbook, type RunningCommand } from '../harness/command.ts';
import { until } from '../harness/servers.ts';

const estates = ['fraud-ops-agent', 'procgenie', 'somabrain', 'apex', 'insightengine'];

async function homes(): Promise<readonly string[]> {
  const names = await readdir(await openFolder());
  return names.filter((name) => estates.some((estate) => name.startsWith(`${estate}-`)));
}

async function untilServersRun(command: RunningCommand): Promise<void> {
  await until(
    'an estate is up',
    async () => command.stderr().includes('its faults are on'),
    60_000,
  );
}

test('demo --once finds every fault of the five estates and leaves nothing', async () => {
  const before = await homes();
  const { status, stdout, stderr } = await pgrunbook(['demo', '--once']);
  assert.equal(status, 0, stderr);
  for (const estate of estates)
    assert.match(stdout, new RegExp(`S\\d ${estate} · PostgreSQL 1\\d`));
  assert.match(stdout, /Worklist: \d+ critical, \d+ warnings/);
  assert.doesNotMatch(stderr, /not found/);
  assert.deepEqual(
    (await homes()).filter((name) => !before.includes(name)),
    [],
  );
});

test('Ctrl-C ends the servers of a demo that is under way', async () => {
  const before = await homes();
  const { status } = await pgrunbook(['demo', '--once'], {
    during: async (command) => {
      await untilServersRun(command);
      command.kill('SIGINT');
    },
  });
  assert.equal(status, 130);
  assert.deepEqual(
    (await homes()).filter((name) => !before.includes(name)),
    [],
  );
});

test('what a killed demo leaves is ended by the next', async () => {
  const before = await homes();
  await pgrunbook(['demo', '--once'], {
    during: async (command) => {
      await untilServersRun(command);
      command.kill('SIGKILL');
    },
  });
  const left = (await homes()).filter((name) => !before.includes(name));
  assert.ok(left.length > 0);
  assert.ok((await sweepLeftovers()) >= left.length);
  assert.deepEqual(
    (await homes()).filter((name) => left.includes(name)),
    [],
  );
});
