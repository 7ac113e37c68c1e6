// Counters of pg_stat_statements, and what each statement did between two looks at them.
import type { Facts, Needs } from '../../../kernel/model.ts';
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, number, type RawRow, text } from '../../../kernel/row.ts';

// pg_stat_statements.max is 5,000 unless somebody raised it.
export default defineProbe({ id: 'statements', lane: 'slow' });

/** What every check of statements needs: averages since the last reset mean nothing. */
export const statementNeeds: Needs = {
  extensions: ['pg_stat_statements'],
  privilege: 'pg_read_all_stats',
  history: true,
};

/** Said where nothing was counted between the samples. */
export const noStatements = 'no statement of this database ended between the two samples';

/** A statement as the extension tells it apart: by role, query id and nesting. */
export interface StatementCounters {
  readonly role: string;
  readonly query_id: string;
  /** False for a statement within a function. */
  readonly is_top_level: boolean;
  readonly calls: number;
  readonly rows: number;
  readonly execution_ms: number;
  /** Blocks of tables and indexes that were looked at, in memory or not. */
  readonly blocks: number;
  readonly temporary_bytes: number;
}

export function parseStatement(row: RawRow): StatementCounters {
  return {
    role: text(row, 'role'),
    query_id: text(row, 'query_id'),
    is_top_level: boolean(row, 'is_top_level'),
    calls: number(row, 'calls'),
    rows: number(row, 'rows'),
    execution_ms: number(row, 'execution_ms'),
    blocks: number(row, 'blocks'),
    temporary_bytes: number(row, 'temporary_blocks') * number(row, 'block_bytes'),
  };
}

/**
 * What each statement did since the earlier sample; those that did not run are left out. A counter
 * that fell was forgotten and begun anew in between, so all it holds happened since.
 */
export function statementsSince(
  now: Facts<StatementCounters>,
  before: Facts<StatementCounters>,
): readonly StatementCounters[] {
  const earlier = new Map(before.rows.map((row) => [keyOf(row), row]));
  return now.rows.flatMap((row) => {
    const start = earlier.get(keyOf(row));
    if (start === undefined || start.calls > row.calls || start.execution_ms > row.execution_ms) {
      return [row];
    }
    if (start.calls === row.calls) return [];
    return [
      {
        ...row,
        calls: row.calls - start.calls,
        rows: row.rows - start.rows,
        execution_ms: row.execution_ms - start.execution_ms,
        blocks: row.blocks - start.blocks,
        temporary_bytes: row.temporary_bytes - start.temporary_bytes,
      },
    ];
  });
}

/** "query 4711 of app": how a person finds the statement again. */
export function nameOf({ query_id, role, is_top_level }: StatementCounters): string {
  return `query ${query_id} of ${role}${is_top_level ? '' : ' (in a function)'}`;
}

function keyOf({ role, query_id, is_top_level }: StatementCounters): string {
  return JSON.stringify([role, query_id, is_top_level]);
}
