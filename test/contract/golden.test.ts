// The whole catalogue over the golden database: nothing fails, and no near miss is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalog } from '../../src/kernel/catalog.ts';
import type { Thresholds } from '../../src/kernel/check.ts';
import type { Inspection } from '../../src/kernel/model.ts';
import { loadCatalog } from '../../src/load-catalog.ts';
import { goldenDatabase, goldenRoles, startGolden } from '../harness/golden.ts';
import { inspectDatabase } from '../harness/inspect-database.ts';
import { majors } from '../harness/servers.ts';

const items = '"Schéma 🐘"';

/**
 * By check, exactly the objects that it finds as every role; [] where it must find none.
 * A check that is not named here must only not fail.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  'index-invalid': ['public.fault_invalid'],
  'index-leftover': ['public.owners_pkey_ccnew'],
  'index-duplicate': ['public.fault_duplicate', `${items}."fault_ 'Duplicate' 🗝🗝"`],
  'index-redundant': ['public.fault_redundant'],
  'index-unused': ['public.fault_unused'],
  'index-usage': [],
  'index-missing': [],
  'index-too-many': ['public.orders'],
  'index-larger-than-table': ['public.orders'],
  'index-low-cardinality': [],
  'index-collation-stale': [],
  'foreign-key-unindexed': ['fault_no_index on public.measurements'],
  'foreign-key-duplicate': ['fault_repeated on public.measurements'],
  // A walsender is active for ever, and sessions that wait are young.
  'long-running-query': [],
  'long-transaction': [],
  'rls-not-forced': [],
  'rls-settable-bypass': ['policy fault_bypass on public.tenant_notes'],
};

// The counters of a database made a moment ago reach back for a moment.
const thresholds: Readonly<Record<string, Thresholds>> = {
  'index-unused': { min_size: 65_536, min_window: 0 },
  'index-usage': { min_window: 0 },
  'index-larger-than-table': { min_size: 65_536 },
  'index-low-cardinality': { min_size: 8_192 },
};

const catalog = withThresholds(await loadCatalog('test'));

for (const major of majors) {
  test(`the golden database of PostgreSQL ${major}`, async (t) => {
    const server = await startGolden(t, major);
    for (const user of goldenRoles) {
      await t.test(`as ${user}`, async () => {
        const inspection = await inspectDatabase(t, server, {
          catalog,
          user,
          database: goldenDatabase,
        });
        const failed = inspection.checks.filter(({ status }) => status === 'failed');
        assert.deepEqual(failed, []);
        assert.deepEqual(foundBy(inspection), sorted(expected));
      });
    }
  });
}

test('every check that the expectations name exists', () => {
  const ids = new Set(catalog.checks.map(({ check }) => check.id));
  const named = [...Object.keys(expected), ...Object.keys(thresholds)];
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
});

function foundBy({ findings }: Inspection) {
  const found = Object.keys(expected).map((id) => [
    id,
    findings.filter(({ check }) => check === id).map(({ object }) => object),
  ]);
  return sorted(Object.fromEntries(found));
}

function sorted(objects: Readonly<Record<string, readonly string[]>>) {
  const entries = Object.entries(objects);
  return Object.fromEntries(entries.map(([id, list]) => [id, list.toSorted()]));
}

function withThresholds(whole: Catalog): Catalog {
  const checks = whole.checks.map((entry) => {
    const own = thresholds[entry.check.id] ?? {};
    const specs = Object.entries(entry.check.thresholds).map(([name, spec]) => [
      name,
      name in own ? { ...spec, default: own[name] } : spec,
    ]);
    return { ...entry, check: { ...entry.check, thresholds: Object.fromEntries(specs) } };
  });
  return { ...whole, checks };
}
