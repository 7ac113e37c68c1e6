// The end of support is told ahead, and warned of once it has passed, by the server's clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { noBaselines } from '../../../kernel/baselines.ts';
import type { Server, Verdict } from '../../../kernel/model.ts';
import { dayStart_ms, majorRelease } from '../../probes/versions/releases.ts';
import check from './check.ts';

const id = 'version-end-of-life';
const day_ms = 86_400_000;

checkTest(id, {}, async ({ major, admin, isOk, finds }) => {
  const { rows } = await admin.query('select (extract(epoch from now()) * 1000)::float8 as now_ms');
  const end = majorRelease(major)?.end_of_life ?? '';
  const left_ms = dayStart_ms(end) - rows[0].now_ms;
  const object = `PostgreSQL ${major}`;
  const [found] = await finds([object], { thresholds: { info_ahead: 36_500 * day_ms } });
  assert.equal(found?.severity, left_ms > 0 ? 'info' : 'warning');
  if (left_ms > 0) await isOk({ thresholds: { info_ahead: 0 } });
  else await finds([object], { thresholds: { info_ahead: 0 } });
});

function judge(version_num: number, now_ms: number): Verdict {
  const server = { now_ms } as Server; // the check reads nothing else of it
  const thresholds = { info_ahead: 180 * day_ms };
  const rows = [{ version_num }];
  return check.evaluate({ rows, thresholds, baselines: noBaselines, server, previous: undefined });
}

test('the last half year is told, and the day itself is the end', () => {
  const end_ms = dayStart_ms('2027-11-11');
  assert.deepEqual(judge(150_018, end_ms - 181 * day_ms), { examined: 1, findings: [] });
  const ahead = judge(150_018, end_ms - 180 * day_ms);
  assert.ok('findings' in ahead);
  assert.equal(ahead.findings[0]?.severity, 'info');
  assert.match(ahead.findings[0]?.summary ?? '', /another 180 d, until 2027-11-11$/);
  const over = judge(150_018, end_ms);
  assert.ok('findings' in over);
  assert.equal(over.findings[0]?.severity, 'warning');
});

test('every supported major has an end after its newest minor version', () => {
  for (const major of [14, 15, 16, 17, 18]) {
    const release = majorRelease(major);
    assert.ok(release && release.end_of_life > (release.minors.at(-1) ?? ''));
    assert.deepEqual(release.minors, release.minors.toSorted());
  }
});
