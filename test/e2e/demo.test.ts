// The demo: every fault found, nothing left behind by its end, by Ctrl-C or by a kill.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFolder } from '../../src/adapters/embedded/owner.ts';
import { sweepLeftovers } from '../../src/adapters/embedded/sweep.ts';
import { pgrunbook, type RunningCommand } from '../harness/command.ts';
import { until } from '../harness/servers.ts';

const estates = ['fraud-ops-agent', 'procgenie', 'somabrain', 'apex', 'insightengine'];

/** Folders of the servers that the process started. */
async function homesOf(pid: number): Promise<readonly string[]> {
  const root = await openFolder();
  const names = await readdir(root);
  const owners = await Promise.all(
    names.map((name) => readFile(join(root, name, 'owner.pid'), 'utf8').catch(() => '')),
  );
  return names.filter((_name, index) => Number(owners[index]) === pid);
}

async function untilServersRun(command: RunningCommand): Promise<void> {
  await until(
    'an estate is up',
    async () => command.stderr().includes('its faults are on'),
    60_000,
  );
}

test('demo --once finds every fault of the five estates and leaves nothing', async () => {
  let pid = 0;
  const { status, stdout, stderr } = await pgrunbook(['demo', '--once'], {
    during: async (command) => {
      pid = command.pid;
    },
  });
  assert.equal(status, 0, stderr);
  for (const estate of estates) {
    assert.match(stdout, new RegExp(`S\\d ${estate} · PostgreSQL 1\\d`));
  }
  assert.match(stdout, /Worklist: \d+ critical, \d+ warnings/);
  assert.doesNotMatch(stderr, /not found/);
  assert.deepEqual(await homesOf(pid), []);
});

for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  test(`a demo that is kept open ends well by ${signal}`, async () => {
    let pid = 0;
    const { status, stderr } = await pgrunbook(['demo'], {
      during: async (command) => {
        pid = command.pid;
        const isKept = async () => command.stdout().includes('yours until Ctrl-C');
        await until('the servers are kept', isKept, 90_000);
        command.kill(signal);
      },
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(await homesOf(pid), []);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends the servers of a demo that is under way`, async () => {
    let pid = 0;
    const { status } = await pgrunbook(['demo', '--once'], {
      during: async (command) => {
        pid = command.pid;
        await untilServersRun(command);
        command.kill(signal);
      },
    });
    assert.equal(status, 130);
    assert.deepEqual(await homesOf(pid), []);
  });
}

test('what a killed demo leaves is ended by the next', async () => {
  let pid = 0;
  await pgrunbook(['demo', '--once'], {
    during: async (command) => {
      pid = command.pid;
      await untilServersRun(command);
      command.kill('SIGKILL');
    },
  });
  const left = await homesOf(pid);
  assert.ok(left.length > 0);
  assert.ok((await sweepLeftovers()) >= left.length);
  assert.deepEqual(await homesOf(pid), []);
});
