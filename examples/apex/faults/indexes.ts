// Indexes that cost every write and serve no read.
import type { Client } from 'pg';
import type { Fault } from '../../estate.ts';

export const indexFaults: readonly Fault[] = [
  {
    id: 'index-build-failed',
    title:
      'CREATE INDEX CONCURRENTLY failed and left an invalid index, which writes still maintain',
    found_by: ['index-invalid'],
    async on(stage) {
      await buildAndFail(stage.admin);
    },
    async off(stage) {
      await stage.admin.query(
        'drop index concurrently if exists public.ix_projects_content_unique',
      );
    },
  },
  indexFault({
    id: 'index-built-twice',
    title: 'Two migrations made the same index under two names',
    found_by: ['index-duplicate'],
    name: 'ix_events_by_project',
    definition: 'public.project_events (project_id, occurred_at desc, event_id desc)',
  }),
  indexFault({
    id: 'index-covered',
    title: 'An index on status alone does nothing that status and time do not',
    found_by: ['index-redundant'],
    name: 'ix_projects_status',
    definition: 'public.projects (status)',
  }),
  indexFault({
    id: 'index-never-used',
    title: 'A GIN index was added in case somebody searches in payloads; nobody does',
    found_by: ['index-unused'],
    name: 'ix_payloads_payload',
    definition: 'public.project_payloads using gin (payload)',
  }),
];

interface IndexFault extends Omit<Fault, 'on' | 'off'> {
  readonly name: string;
  readonly definition: string;
}

function indexFault({ name, definition, ...about }: IndexFault): Fault {
  return {
    ...about,
    async on(stage) {
      await stage.admin.query(`create index concurrently ${name} on ${definition}`);
    },
    async off(stage) {
      await stage.admin.query(`drop index concurrently if exists public.${name}`);
    },
  };
}

/** Contents repeat, so the unique index cannot be: the build ends with an error, as it did then. */
async function buildAndFail(admin: Client): Promise<void> {
  try {
    await admin.query(
      `create unique index concurrently ix_projects_content_unique
         on public.projects (content_sha256)`,
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') return;
    throw error;
  }
  throw new Error('the index was built: contents no longer repeat');
}
