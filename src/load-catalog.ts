// Finds the catalogue's folders, reads the .sql and .md beside them, and returns one frozen value.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalog, CatalogCheck } from './kernel/catalog.ts';
import type { Check } from './kernel/check.ts';
import { RunbookError } from './kernel/errors.ts';
import type { Probe } from './kernel/model.ts';
import type { SharedProbe } from './kernel/probe.ts';

/** One catalogue folder: what its module exports by default, and its texts by file name. */
export interface Unit {
  readonly id: string;
  readonly exported: unknown;
  readonly texts: Readonly<Record<string, string>>;
}

export interface Units {
  readonly checks: readonly Unit[];
  readonly probes: readonly Unit[];
}

const root = join(dirname(fileURLToPath(import.meta.url)), 'catalog');

/** The catalogue of this checkout; a built package brings its units along instead. */
export async function loadCatalog(version: string): Promise<Catalog> {
  const [checks, probes] = await Promise.all([
    readUnits(join(root, 'checks'), 'check.ts'),
    readUnits(join(root, 'probes'), 'probe.ts'),
  ]);
  return assembleCatalog({ checks, probes }, version);
}

/** A catalogue of one check, for those who work on it. */
export async function loadOneCheck(id: string, version: string): Promise<Catalog> {
  const check = await readUnit(join(root, 'checks', id), id, 'check.ts');
  const { probe } = check.exported as Check; // as in catalogCheck
  const probes = probe ? [await readUnit(join(root, 'probes', probe), probe, 'probe.ts')] : [];
  return assembleCatalog({ checks: [check], probes }, version);
}

/** Ties units together; @throws bug/catalog where a folder contradicts itself. */
export function assembleCatalog(units: Units, version: string): Catalog {
  const shared = new Map(units.probes.map((unit) => [unit.id, sharedProbe(unit)]));
  const checks = units.checks.map((unit) => catalogCheck(unit, shared));
  return Object.freeze({
    version,
    checks: Object.freeze(checks.toSorted((a, b) => a.check.id.localeCompare(b.check.id))),
  });
}

async function readUnits(folder: string, module: string): Promise<readonly Unit[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(folders.map((id) => readUnit(join(folder, id), id, module)));
}

async function readUnit(folder: string, id: string, module: string): Promise<Unit> {
  const names = await readdir(folder);
  if (!names.includes(module)) {
    throw contradiction({ id, exported: undefined, texts: {} }, `it has no ${module}`);
  }
  const texts = names.filter((name) => name.endsWith('.sql') || name.endsWith('.md'));
  const read = async (name: string) => [name, await readFile(join(folder, name), 'utf8')] as const;
  const [imported, ...files] = await Promise.all([
    import(join(folder, module)) as Promise<{ default?: unknown }>, // what a module namespace is
    ...texts.map(read),
  ]);
  return { id, exported: imported.default, texts: Object.fromEntries(files) };
}

function sharedProbe(unit: Unit): Probe {
  const shared = unit.exported as SharedProbe; // the contract test reads every folder
  if (shared?.id !== unit.id) throw contradiction(unit, 'its probe.ts exports another id');
  return { ...shared, statements: statements(unit) };
}

function catalogCheck(unit: Unit, shared: ReadonlyMap<string, Probe>): CatalogCheck {
  const check = unit.exported as Check; // the contract test reads every folder
  if (check?.id !== unit.id) throw contradiction(unit, 'its check.ts exports another id');
  const document = unit.texts['check.md'];
  if (document === undefined) throw contradiction(unit, 'it has no check.md');
  return { check, probe: probeOf(check, unit, shared), document };
}

function probeOf(check: Check, unit: Unit, shared: ReadonlyMap<string, Probe>): Probe {
  if (check.probe !== undefined) {
    const probe = shared.get(check.probe);
    if (probe === undefined) throw contradiction(unit, `there is no probe ${check.probe}`);
    return probe;
  }
  const { id, source, lane, row_limit } = check;
  return { id: `check/${id}`, source, lane, row_limit, statements: statements(unit) };
}

function statements(unit: Unit): Probe['statements'] {
  const found = Object.entries(unit.texts).flatMap(([name, sql]) => {
    const match = /^query(?:\.from-(\d+))?\.sql$/.exec(name);
    return match === null ? [] : [{ since: Number(match[1] ?? 14), sql }];
  });
  if (found.length === 0) throw contradiction(unit, 'it has no query.sql');
  return found.toSorted((a, b) => a.since - b.since);
}

function contradiction(unit: Unit, what: string): RunbookError {
  return new RunbookError('bug/catalog', { what: `catalogue folder ${unit.id}: ${what}` });
}
