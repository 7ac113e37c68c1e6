// A killed backend makes the server start its processes anew, and that is found.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'server-crash-recovered';

async function gapOf(client: pg.Client): Promise<{ gap_ms: number; uptime_ms: number }> {
  const { rows } = await client.query(
    `select
      (extract(epoch from backend_start - pg_postmaster_start_time()) * 1000)::float8 as gap_ms,
      (extract(epoch from clock_timestamp() - pg_postmaster_start_time()) * 1000)::float8
        as uptime_ms
      from pg_stat_activity where backend_type = 'checkpointer'`,
  );
  return rows[0];
}

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await admin.query('create role visitor login');
  await isOk();
  const usual_ms = (await gapOf(admin)).gap_ms;
  const look = { thresholds: { least_gap: usual_ms + 300 } };
  await isOk(look);
  await until('the server is older than its processes are apart', async () => {
    return (await gapOf(admin)).uptime_ms > usual_ms + 400;
  });

  const victim = await session();
  const { rows } = await victim.query('select pg_backend_pid() as pid');
  process.kill(rows[0].pid, 'SIGKILL');
  await until('the server has recovered', async () => {
    const gap = await session()
      .then(gapOf)
      .catch(() => undefined);
    return gap !== undefined && gap.gap_ms > usual_ms;
  });
  const [warning] = await finds(['server'], look);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /^the server recovered from a crash .* all sessions were ended$/);
  const [info] = await finds(['server'], { thresholds: { ...look.thresholds, warning_age: 0 } });
  assert.equal(info?.severity, 'info');
  await isOk({ thresholds: { ...look.thresholds, forget_age: 0 } });
  await skips('needs-privilege', { user: 'visitor' });
});
