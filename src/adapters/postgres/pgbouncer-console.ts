// Asks the console of a PgBouncer: SHOW commands over the simple protocol, each under a time limit.
import type { Client } from 'pg';
import { assert } from '../../kernel/errors.ts';
import type { NoAnswer, ProbeResult } from '../../kernel/model.ts';
import type { RawRow } from '../../kernel/row.ts';
import type { Statement } from '../../kernel/session.ts';
import { noAnswer } from './no-answer.ts';
import type { ConsoleRunner } from './open-session.ts';
import { rowTypes } from './row-types.ts';

/**
 * A runner over the database `pgbouncer` of a PgBouncer. The console has no join, no transaction
 * and no statement_timeout, and a parameterised query makes it close the connection. So a statement
 * is one SHOW command a line; every row says in its column `command` which one it answers.
 * Never throws: a console that cannot be reached answers every statement with the reason.
 */
export async function openConsole(connect: () => Promise<Client>): Promise<ConsoleRunner> {
  let lost: NoAnswer | undefined;
  const client = await connect().catch((thrown: unknown) => {
    lost = { ...noAnswer(thrown, noLimits), status: 'unreachable' };
    return undefined;
  });

  const giveUp = (thrown: unknown, timeout_ms: number): NoAnswer => {
    const answer = explain(thrown, timeout_ms);
    // An answer that comes after its time would be taken for that of the next command.
    if (answer.status === 'timed-out' || answer.status === 'unreachable') lost = answer;
    return answer;
  };

  return {
    async run(statement): Promise<ProbeResult> {
      const started_ms = performance.now();
      const took = () => performance.now() - started_ms;
      if (lost || client === undefined) return { ...(lost ?? notOpen), duration_ms: 0 };
      try {
        const rows = await within(statement.timeout_ms, () => readAll(client, statement));
        const truncated = rows.length > statement.row_limit;
        const kept = rows.slice(0, statement.row_limit);
        return { status: 'ok', rows: kept, truncated, duration_ms: took() };
      } catch (thrown) {
        return { ...giveUp(thrown, statement.timeout_ms), duration_ms: took() };
      }
    },
    async close() {
      await within(closing_ms, async () => client?.end()).catch(() => undefined);
    },
  };
}

// The console answers from memory; saying goodbye may take as long as the network does.
const closing_ms = 2_000;
const noLimits = { timeout_ms: 0, lock_timeout_ms: 0 };
const notOpen: NoAnswer = { status: 'unreachable', reason: 'the console is not open' };

async function readAll(client: Client, statement: Statement): Promise<readonly RawRow[]> {
  assert(statement.values.length === 0, 'a console takes no parameters');
  const rows: RawRow[] = [];
  for (const command of commandsOf(statement.sql)) {
    // Without values and name the driver uses the simple protocol.
    const result = await client.query<RawRow>({ text: command, types: rowTypes });
    rows.push(...result.rows.map((row) => ({ ...row, command })));
  }
  return rows;
}

// PAUSE, KILL and SHUTDOWN go through the same door: nothing but SHOW may pass.
function commandsOf(sql: string): readonly string[] {
  const lines = sql.split('\n').map((line) => line.trim());
  const commands = lines.filter((line) => line !== '' && !line.startsWith('--'));
  for (const command of commands) {
    assert(/^show [a-z_]+$/.test(command), `${command} is no SHOW command of a console`);
  }
  return commands;
}

function explain(thrown: unknown, timeout_ms: number): NoAnswer {
  if (thrown instanceof OutOfTime) {
    return { status: 'timed-out', reason: `took longer than ${timeout_ms} ms` };
  }
  // A server that reports a protocol violation hangs up; a console means that it knows no such
  // command, and stays.
  if (thrown instanceof Error && 'code' in thrown && thrown.code === '08P01') {
    return { status: 'unsupported', reason: `the console refused: ${thrown.message}` };
  }
  return noAnswer(thrown, { timeout_ms, lock_timeout_ms: 0 });
}

class OutOfTime extends Error {}

async function within<Value>(limit_ms: number, work: () => Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime()), limit_ms);
  });
  try {
    return await Promise.race([work(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
