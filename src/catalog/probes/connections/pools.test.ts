// Arithmetic and patterns of declared pools.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacityOf, groupsOf } from './pools.ts';
import type { SessionGroup } from './probe.ts';

const pool = { application: 'shop', size: 10, overflow: 10, workers: 4, instances: 1 };

test('size and overflow count for every worker of every instance', () => {
  assert.equal(capacityOf(pool), 80);
  assert.equal(capacityOf({ ...pool, instances: 6 }), 480);
  assert.equal(capacityOf({ ...pool, overflow: 0, workers: 1 }), 10);
});

test('a pattern fits the whole name, and nothing in it but * is special', () => {
  const fits = (application: string, name: string) =>
    groupsOf({ ...pool, application }, [group(name)]).length === 1;
  assert.ok(fits('shop', 'shop'));
  assert.ok(!fits('shop', 'shop-2'));
  assert.ok(fits('shop-*', 'shop-2'));
  assert.ok(fits('*', ''));
  assert.ok(fits('shop-*-api', 'shop-\n-api'));
  assert.ok(fits('shop (v1.0)+', 'shop (v1.0)+'));
  assert.ok(!fits('shop.', 'shops'));
});

function group(application: string): SessionGroup {
  const counts = { sessions: 1, active: 0, idle: 1, idle_in_transaction: 0 };
  const slots = { max_connections: 100, superuser_reserved: 3, reserved: 0 };
  return { ...slots, ...counts, database: 'app', role: 'app', application };
}
