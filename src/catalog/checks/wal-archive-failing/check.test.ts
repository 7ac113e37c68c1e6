// A failing archiver is found while it fails, and only then.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'wal-archive-failing';

async function archiveBy(admin: pg.Client, command: string): Promise<void> {
  await alterSystem(admin, { archive_command: command });
  await admin.query('create table if not exists filler (n int)');
  await admin.query('insert into filler select generate_series(1, 10)');
  await admin.query('select pg_switch_wal()');
}

async function lastEvent(admin: pg.Client, event: 'archived' | 'failed'): Promise<void> {
  const other = event === 'archived' ? 'failed' : 'archived';
  await until(`the last event is: ${event}`, async () => {
    const { rows } = await admin.query(
      `select coalesce(last_${event}_time > coalesce(last_${other}_time, '-infinity'), false)
        as is_it from pg_stat_archiver`,
    );
    return rows[0].is_it;
  });
}

checkTest(id, { settings: { archive_mode: 'on' } }, async ({ admin, isOk, finds }) => {
  await archiveBy(admin, 'true');
  await lastEvent(admin, 'archived');
  await isOk();

  await archiveBy(admin, 'false');
  await lastEvent(admin, 'failed');
  const [warning] = await finds(['archiver']);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /^archiving [0-9A-F]{24} failed, and the last success was/);
  const [critical] = await finds(['archiver'], { thresholds: { critical_age: 0 } });
  assert.equal(critical?.severity, 'critical');
  // A failure that is not repeated belongs to the past.
  await isOk({ thresholds: { stale_age: 0 } });

  await archiveBy(admin, 'true');
  // The archiver rests for a minute after three failures; a new segment wakes it.
  await lastEvent(admin, 'archived');
  await isOk();
});

checkTest(
  id,
  { title: 'never a success', settings: { archive_mode: 'on' } },
  async ({ admin, finds }) => {
    await archiveBy(admin, 'false');
    await lastEvent(admin, 'failed');
    const [found] = await finds(['archiver']);
    assert.equal(found?.severity, 'critical');
    assert.match(found.summary, /nothing was ever archived/);
  },
);

checkTest(id, { title: 'archiving is off' }, async ({ skips }) => {
  await skips('nothing-to-examine');
});
