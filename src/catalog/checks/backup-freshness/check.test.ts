// A base backup leaves a history file while WAL is archived; without one nobody can tell.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'backup-freshness';
const settings = { archive_mode: 'on', archive_command: '/bin/true' };

checkTest(id, { settings }, async ({ major, admin, isOk, finds, skips }) => {
  const without = await skips('cannot-tell');
  assert.match(without.reason ?? '', /has no record of a base backup/);
  // What every tool does around copying the files; 14 has other names for it.
  const [start, stop] =
    major < 15
      ? [`pg_start_backup('test', true, false)`, 'pg_stop_backup(false, false)']
      : [`pg_backup_start('test', true)`, 'pg_backup_stop(false)'];
  await admin.query(`select ${start}`);
  await skips('cannot-tell');
  await admin.query(`select ${stop}`);
  await isOk();
  const [old] = await finds(['base backup'], { thresholds: { warning_age: 0 } });
  assert.equal(old?.severity, 'warning');
  assert.match(old.summary, /^The last base backup ended [\d.]+ m?s ago$/);
  const [older] = await finds(['base backup'], { thresholds: { warning_age: 0, critical_age: 0 } });
  assert.equal(older?.severity, 'critical');
  await skips('needs-configuration', { baselines: { has_managed_backup: true } });
  await admin.query('create role stranger login');
  await skips('needs-privilege', { user: 'stranger' });
});

checkTest(id, { title: 'without archiving', majors: [14, 18] }, async ({ skips }) => {
  const result = await skips('cannot-tell');
  assert.match(result.reason ?? '', /archive_mode off/);
});
