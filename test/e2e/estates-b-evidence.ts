// How to see, with plain SQL on the server, that a fault of procgenie or apex is there.
import { DatabaseError } from 'pg';
import type { Stage } from '../../examples/estate.ts';
import { tenantId } from '../../examples/procgenie/workload.ts';

/** True while the fault is there. */
export type Evidence = (stage: Stage) => Promise<boolean>;

/** Whose eyes see it: a role, in a transaction of a tenant where one is given. */
interface Viewer {
  readonly role: string;
  readonly tenant_id?: string;
  /** Statement of the same transaction, before the question. */
  readonly first?: string;
}

const undefined_table = '42P01';
const undefined_object = '42704';
const largest_tenant = { role: 'procgenie_app', tenant_id: tenantId(1) };

export const procgenieEvidence: Readonly<Record<string, Evidence>> = {
  'tenant-table-forgotten': seenBy(
    largest_tenant,
    'select count(distinct tenant_id) = 20 from public.attachments',
  ),
  'row-security-off': seenBy({ role: 'procgenie_app' }, 'select count(*) > 0 from public.tenants'),
  'application-acts-as-owner': seenBy(
    { role: 'procgenie_app' },
    'select count(*) > 0 from public.audit_events',
  ),
  'settable-bypass': seenBy(
    { ...largest_tenant, first: `set local app.is_superadmin = 'true'` },
    'select count(distinct tenant_id) = 20 from public.requisitions',
  ),
  'policy-throws': async (stage) =>
    (await errorSeenBy(stage, { role: 'procgenie_app' }, 'select from public.vendors')) ===
    undefined_object,
  'policy-per-row': isFilteredWithoutInitPlan,
  'policy-always-true': seenBy(
    largest_tenant,
    'select count(distinct tenant_id) = 20 from public.contracts',
  ),
  'view-of-superuser': seenBy(
    largest_tenant,
    'select count(distinct tenant_id) = 20 from public.requisition_overview',
  ),
  'materialized-spend': seenBy(
    largest_tenant,
    'select count(distinct tenant_id) = 20 from public.vendor_spend',
  ),
  'idle-in-transaction': asked(
    `select exists (select from pg_stat_activity
                     where application_name = 'procgenie-worker'
                       and state = 'idle in transaction' and backend_xid is not null)`,
  ),
  'migration-lock-queue': asked(
    `select exists (
       select from pg_stat_activity as api, pg_stat_activity as migration,
                   pg_stat_activity as report
        where api.application_name = 'procgenie-api'
          and migration.application_name = 'procgenie-migration'
          and report.application_name = 'procgenie-report'
          and migration.pid = any (pg_blocking_pids(api.pid))
          and report.pid = any (pg_blocking_pids(migration.pid)))`,
  ),
  'foreign-key-without-index': asked(
    `select exists (
       select from pg_constraint as foreign_key
        where contype = 'f' and not exists (
              select from pg_index
               where indrelid = conrelid and indisvalid and indpred is null
                 and (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey))`,
  ),
  'sequence-nearly-exhausted': asked(
    'select exists (select from pg_sequences where last_value > 0.9 * max_value)',
  ),
  'constraint-not-validated': asked(
    'select exists (select from pg_constraint where not convalidated)',
  ),
};

export const apexEvidence: Readonly<Record<string, Evidence>> = {
  'index-build-failed': asked('select exists (select from pg_index where not indisvalid)'),
  'index-built-twice': asked(
    `select exists (select from pg_index as one join pg_index as other using (indrelid)
                     where one.indexrelid < other.indexrelid
                       and one.indkey::text = other.indkey::text
                       and one.indoption::text = other.indoption::text
                       and one.indpred is not distinct from other.indpred)`,
  ),
  'index-covered': asked(
    `select exists (select from pg_index as short join pg_index as long using (indrelid)
                     where not short.indisunique and long.indpred is null
                       and short.indnkeyatts < long.indnkeyatts
                       and long.indkey::text like short.indkey::text || ' %')`,
  ),
  'index-never-used': asked(
    `select exists (select from pg_stat_user_indexes join pg_index using (indexrelid)
                     where idx_scan = 0 and not indisunique)`,
  ),
  'statistics-stale': asked(
    `select n_mod_since_analyze >= 0.5 * n_live_tup
       from pg_stat_user_tables where relname = 'project_events'`,
  ),
  'dead-tuples': asked(
    `select n_dead_tup > 2 * n_live_tup
       from pg_stat_user_tables where relname = 'project_payloads'`,
  ),
  'table-bloat': asked(
    `select pg_relation_size('public.projects') > 3 * sum(pg_column_size(project) + 4)
       from public.projects as project`,
  ),
  'table-unlogged': asked(`select exists (select from pg_class where relpersistence = 'u')`),
  'import-left-behind': asked(
    `select exists (
       select from pg_stat_user_tables
        where n_live_tup > 0 and last_analyze is null and not exists (
              select from pg_constraint where conrelid = relid and contype = 'p'))`,
  ),
  'statistics-view-empty': asked(
    `select exists (
       select from pg_class as view
        where relkind = 'm' and not relispopulated
          and not exists (select from pg_index where indrelid = view.oid and indisunique))`,
  ),
  'archiving-fails': asked(
    `select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
       from pg_stat_archiver`,
  ),
  'standby-gone': asked(
    `select exists (select from pg_replication_slots
                     where not active
                       and pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > 2 * 16777216)`,
  ),
};

/** What the superuser is answered. */
function asked(question: string): Evidence {
  return async (stage) => {
    const answer = await stage.admin.query({ text: question, rowMode: 'array' });
    return answer.rows[0]?.[0] === true;
  };
}

function seenBy(viewer: Viewer, question: string): Evidence {
  return async (stage) => {
    try {
      return (await lookAs(stage, viewer, question))[0]?.[0] === true;
    } catch (error) {
      // The relation exists only while the fault does.
      if (error instanceof DatabaseError && error.code === undefined_table) return false;
      throw error;
    }
  };
}

async function errorSeenBy(
  stage: Stage,
  viewer: Viewer,
  question: string,
): Promise<string | undefined> {
  try {
    await lookAs(stage, viewer, question);
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return error.code;
    throw error;
  }
}

async function isFilteredWithoutInitPlan(stage: Stage): Promise<boolean> {
  const explain = 'explain (costs off) select count(*) from public.audit_events';
  const plan = (await lookAs(stage, largest_tenant, explain)).flat().join('\n');
  return !plan.includes('InitPlan');
}

/** Asks on a new session of the viewer's role; the transaction is rolled back. */
async function lookAs(
  stage: Stage,
  { role, tenant_id, first }: Viewer,
  question: string,
): Promise<unknown[][]> {
  const session = await stage.hold('evidence', { role });
  try {
    await session.query('begin');
    if (tenant_id !== undefined) {
      await session.query(`select set_config('app.current_tenant_id', $1, true)`, [tenant_id]);
    }
    if (first !== undefined) await session.query(first);
    return (await session.query({ text: question, rowMode: 'array' })).rows;
  } finally {
    await stage.release('evidence');
  }
}
