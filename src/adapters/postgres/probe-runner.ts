// Runs bounded, read-only statements on one connection, in one transaction.
import pg, { type Client, type QueryConfig } from 'pg';
import type { NoAnswer, ProbeResult } from '../../kernel/model.ts';
import type { RawRow } from '../../kernel/row.ts';
import type { Clock, ProbeRunner, Statement } from '../../kernel/session.ts';
import { noAnswer } from './no-answer.ts';
import { rowTypes } from './row-types.ts';

export interface RunnerOptions {
  /** Settings for the transaction, beside the limits that always hold. */
  readonly settings: readonly string[];
  /** Queries that every new transaction begins with, such as taking a lock. Constants only. */
  readonly first?: readonly string[];
  readonly clock: Clock;
}

export interface SettlingRunner extends ProbeRunner {
  /** Leaves the transaction, so that nothing of ours grows old; the next statement begins anew. */
  settle(): Promise<void>;
  /** Leaves the transaction and ends the connection, within a limit. */
  close(): Promise<void>;
}

// How much longer than statement_timeout we wait before the connection is taken for dead.
const grace_ms = 2_000;
const lock_timeout_ms = 500;

// Everything that a role, a database or postgresql.conf could have set otherwise.
const fixedSettings = [
  `search_path = ''`,
  `lock_timeout = ${lock_timeout_ms}`,
  // Longer than an inspection takes: the first connection waits while the second reads sizes.
  `idle_in_transaction_session_timeout = 120000`,
  `work_mem = '16MB'`,
  `datestyle = 'ISO, YMD'`,
  `intervalstyle = 'postgres'`,
  `timezone = 'UTC'`,
  `extra_float_digits = 1`,
  `bytea_output = 'hex'`,
  `client_min_messages = 'error'`,
  `max_parallel_workers_per_gather = 0`,
  `jit = off`,
];

/**
 * A runner over a connected client, which must be used by nobody else. The transaction is READ
 * COMMITTED: between two statements it holds no snapshot, so it holds back no vacuum; and the
 * statistics views answer all probes from one moment.
 */
export function probeRunner(client: Client, options: RunnerOptions): SettlingRunner {
  let timeout_ms: number | undefined;
  let lost: NoAnswer | undefined;

  const begin = async (wanted_ms: number, end: readonly string[] = []) => {
    const text = [...end, ...beginning(options, wanted_ms)].join('; ');
    await within(client, grace_ms + wanted_ms, () => client.query(text));
    timeout_ms = wanted_ms;
  };

  const prepare = async (wanted_ms: number) => {
    if (timeout_ms === wanted_ms) return;
    if (timeout_ms === undefined) return begin(wanted_ms);
    await within(client, grace_ms + wanted_ms, () => client.query(limitOf(wanted_ms)));
    timeout_ms = wanted_ms;
  };

  const settle = async () => {
    if (timeout_ms === undefined || lost) return;
    timeout_ms = undefined;
    await within(client, grace_ms, () => client.query('rollback'));
  };

  const recover = async (limit_ms: number) => {
    if (timeout_ms === undefined || lost) return;
    timeout_ms = undefined;
    await begin(limit_ms, ['rollback']);
  };

  const giveUp = async (thrown: unknown, limit_ms: number): Promise<NoAnswer> => {
    const answer = noAnswer(thrown, { timeout_ms: limit_ms, lock_timeout_ms });
    if (answer.status === 'unreachable') lost = answer;
    await recover(limit_ms).catch((error) => {
      lost = noAnswer(error, { timeout_ms: grace_ms, lock_timeout_ms });
    });
    return answer;
  };

  return {
    settle: () => settle().catch(() => undefined),
    async close() {
      // A pooler keeps the server's connection only if we leave it outside a transaction.
      await settle().catch(() => undefined);
      await within(client, grace_ms, () => client.end()).catch(() => undefined);
    },
    async run(statement): Promise<ProbeResult> {
      const started_ms = options.clock.now_ms();
      const took = () => options.clock.now_ms() - started_ms;
      if (lost) return { ...lost, duration_ms: 0 };
      try {
        await prepare(statement.timeout_ms);
        const limit_ms = grace_ms + statement.timeout_ms;
        const rows = await within(client, limit_ms, () => read(client, statement));
        return { status: 'ok', ...rows, duration_ms: took() };
      } catch (thrown) {
        return { ...(await giveUp(thrown, statement.timeout_ms)), duration_ms: took() };
      }
    },
  };
}

// Constants only, so the simple protocol may carry all of it in one round trip. What ends the
// transaction before stands in the same message: what `first` locks is free for no longer.
function beginning({ settings, first = [] }: RunnerOptions, wanted_ms: number): readonly string[] {
  const start = 'begin transaction isolation level read committed read only';
  const local = [...fixedSettings, ...settings].map((setting) => `set local ${setting}`);
  return [start, ...local, limitOf(wanted_ms), ...first];
}

function limitOf(timeout_ms: number): string {
  return `set local statement_timeout = ${Math.ceil(timeout_ms)}`;
}

interface Rows {
  readonly rows: readonly RawRow[];
  readonly truncated: boolean;
}

// The extended protocol takes one statement only, whatever the text holds.
function read(client: Client, statement: Statement): Promise<Rows> {
  const config: QueryConfig & { queryMode: 'extended' } = {
    text: statement.sql,
    values: [...statement.values],
    types: rowTypes,
    queryMode: 'extended',
  };
  return new Promise((resolve, reject) => {
    const rows: RawRow[] = [];
    let count = 0;
    const query = client.query(new pg.Query<RawRow>(config));
    query.on('row', (row) => {
      count += 1;
      if (count <= statement.row_limit) rows.push(row);
    });
    query.on('error', reject);
    query.on('end', () => resolve({ rows, truncated: count > statement.row_limit }));
  });
}

// statement_timeout is the server's; this one is ours, for a server that no longer answers.
async function within<Value>(
  client: Client,
  limit_ms: number,
  work: () => Promise<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        Object.assign(new Error(`no answer in ${Math.round(limit_ms)} ms`), { code: 'ETIMEDOUT' }),
      );
      destroy(client);
    }, limit_ms);
  });
  try {
    return await Promise.race([work(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

// end() says goodbye and waits; to the dead one only hangs up.
function destroy(client: Client): void {
  // pg's types leave the connection out.
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}
