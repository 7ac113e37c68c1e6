// Archiving to a folder beside the data directory: the command, and how a fault makes it fail.
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Stage } from './estate.ts';

/** A working archive for a demonstration; one that counts lies on another host. */
export const archive_command = `mkdir -p ../wal_archive && ${copyTo('../wal_archive')}`;

/** Fails where the folder is not there, never overwrites, and flushes before a copy counts. */
export function copyTo(folder: string): string {
  return [
    `test ! -f ${folder}/%f`,
    `cp %p ${folder}/%f.part`,
    `sync ${folder}/%f.part`,
    `mv ${folder}/%f.part ${folder}/%f`,
  ].join(' && ');
}

const missing_folder = '../not_mounted';
const limit_ms = 15_000;
const poll_ms = 20;
// Each segment is a file of 16 MB, so they are not finished as fast as the answer is looked at.
const polls_per_segment = 25;

/** Archives to a folder that is not there; the promise resolves when the server has noticed. */
export async function breakArchive({ admin }: Stage): Promise<void> {
  await admin.query(`alter system set archive_command = '${copyTo(missing_folder)}'`);
  await admin.query('select pg_catalog.pg_reload_conf()');
  await finishSegmentsUntil(admin, `last_failed_time > coalesce(last_archived_time, '-infinity')`);
}

/** Archives as the estate does again; the promise resolves when a segment has arrived. */
export async function mendArchive({ admin }: Stage): Promise<void> {
  await admin.query('alter system reset archive_command');
  await admin.query('select pg_catalog.pg_reload_conf()');
  await finishSegmentsUntil(
    admin,
    'last_failed_time is null or last_archived_time > last_failed_time',
  );
}

// The archiver may take a segment before it reads the new setting, and then waits for the next.
async function finishSegmentsUntil(admin: Client, condition: string): Promise<void> {
  const sql = `select ${condition} as is_true from pg_catalog.pg_stat_archiver`;
  const deadline = performance.now() + limit_ms;
  for (let polls = 0; performance.now() < deadline; polls += 1) {
    if (polls % polls_per_segment === 0) await finishSegment(admin);
    const answer = await admin.query<{ is_true: boolean | null }>(sql);
    if (answer.rows[0]?.is_true === true) return;
    await delay(poll_ms);
  }
  throw new Error(`never became true: ${sql}`);
}

/** Completes the current WAL segment; an empty one could not be, so a message goes in first. */
export async function finishSegment(admin: Client): Promise<void> {
  await admin.query(`select pg_catalog.pg_logical_emit_message(false, 'example', 'fills it')`);
  await admin.query('select pg_catalog.pg_switch_wal()');
}
