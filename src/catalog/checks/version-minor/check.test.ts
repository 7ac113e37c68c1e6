// Missing minor versions are counted by the calendar, which knows how far it reaches.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { noBaselines } from '../../../kernel/baselines.ts';
import type { Server, Verdict } from '../../../kernel/model.ts';
import { calendarDate, dayStart_ms } from '../../probes/versions/releases.ts';
import check from './check.ts';

const id = 'version-minor';
const day_ms = 86_400_000;
const century_ms = 36_500 * day_ms;

// The servers of the tests are the newest that the calendar knows.
checkTest(id, {}, async ({ isOk, skips }) => {
  await isOk({ thresholds: { calendar_age: century_ms } });
  const { reason } = await skips('cannot-tell', { thresholds: { calendar_age: -century_ms } });
  assert.match(reason ?? '', /is the newest known of \d{4}-\d\d-\d\d.*update pgrunbook$/);
});

function judge(version_num: number, now_ms = dayStart_ms(calendarDate)): Verdict {
  const server = { now_ms } as Server; // the check reads nothing else of it
  return check.evaluate({
    rows: [{ version_num }],
    thresholds: { grace: 30 * day_ms, calendar_age: 120 * day_ms },
    baselines: noBaselines,
    server,
    previous: undefined,
  });
}

function onlyFinding(verdict: Verdict) {
  assert.ok('findings' in verdict);
  assert.equal(verdict.findings.length, 1);
  return verdict.findings[0];
}

test('a server two versions behind is a warning that counts them', () => {
  const found = onlyFinding(judge(170_008));
  assert.equal(found?.severity, 'warning');
  assert.equal(
    found.summary,
    'PostgreSQL 17.8 lacks 2 minor versions, the first for 77 d; ' +
      '17.10 is the newest known of 2026-05-14',
  );
});

test('a version that came out yesterday may still be missing', () => {
  const found = onlyFinding(judge(180_003, dayStart_ms(calendarDate) + day_ms));
  assert.equal(found?.severity, 'info');
  const later = onlyFinding(judge(180_003, dayStart_ms(calendarDate) + 31 * day_ms));
  assert.equal(later?.severity, 'warning');
});

test('a version that corrupts indexes is critical', () => {
  assert.equal(onlyFinding(judge(140_003))?.severity, 'critical');
  assert.equal(onlyFinding(judge(140_004))?.severity, 'warning');
});

test('a server newer than the calendar lacks nothing that is known', () => {
  assert.deepEqual(judge(180_009), { examined: 1, findings: [] });
});

test('a major that the calendar does not know is not examined', () => {
  assert.deepEqual(judge(190_000), { examined: 0, findings: [] });
});
