// Segments that wait are found by number or age; an idle server has none.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'wal-archive-lag';
const atOnce = { thresholds: { least_age: 0, warning_count: 2, warning_age: 3_600_000 } };

checkTest(
  id,
  { settings: { archive_mode: 'on', archive_timeout: '0' } },
  async ({ admin, isOk, finds, skips }) => {
    const archiveBy = (command: string) => alterSystem(admin, { archive_command: command });
    const fillSegments = async (count: number) => {
      await admin.query('create table if not exists filler (n int)');
      for (let done = 0; done < count; done += 1) {
        await admin.query('insert into filler values (1)');
        await admin.query('select pg_switch_wal()');
      }
    };
    await archiveBy('true');
    // Idle, with archive_timeout = 0: nothing is archived and nothing waits.
    await isOk({ thresholds: { ...atOnce.thresholds, warning_age: 0 } });

    await archiveBy('false');
    await fillSegments(2);
    const [warning] = await finds(['archiver'], atOnce);
    assert.equal(warning?.severity, 'warning');
    assert.match(warning.summary, /^2 WAL segments \(32 MB\) wait to be archived/);
    const [critical] = await finds(['archiver'], {
      thresholds: { least_age: 0, warning_count: 2, critical_count: 2 },
    });
    assert.equal(critical?.severity, 'critical');
    const [old] = await finds(['archiver'], { thresholds: { least_age: 0, warning_age: 0 } });
    assert.equal(old?.severity, 'warning');
    // Ready for less than a minute: the archiver may still be on its way.
    await isOk();

    await archiveBy('true');
    await fillSegments(1);
    await until('all segments are archived', async () => {
      const sql = `select 1 from pg_ls_archive_statusdir() where name like '%.ready'`;
      return (await admin.query(sql)).rowCount === 0;
    });
    await isOk(atOnce);

    await admin.query('create role visitor login');
    await skips('needs-privilege', { user: 'visitor' });
  },
);

checkTest(id, { title: 'archiving is off' }, async ({ skips }) => {
  await skips('nothing-to-examine');
});
