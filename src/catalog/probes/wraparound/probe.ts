// How far each database of the cluster is from running out of transaction and multixact ids.
import { defineProbe } from '../../../kernel/probe.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';

export default defineProbe({ id: 'wraparound' });

export interface DatabaseAge {
  readonly database: string;
  readonly age_xids: number;
  readonly age_multixacts: number;
  /** autovacuum_freeze_max_age and autovacuum_multixact_freeze_max_age. */
  readonly freeze_max_age_xids: number;
  readonly freeze_max_age_multixacts: number;
}

export function parseDatabaseAge(row: RawRow): DatabaseAge {
  return {
    database: text(row, 'database'),
    age_xids: number(row, 'age_xids'),
    age_multixacts: number(row, 'age_multixacts'),
    freeze_max_age_xids: number(row, 'freeze_max_age_xids'),
    freeze_max_age_multixacts: number(row, 'freeze_max_age_multixacts'),
  };
}

/**
 * Ids that can be given out before the server refuses: 2^31 less the 3 million it keeps back for
 * single-user rescue (access/transam/varsup.c, SetTransactionIdLimit).
 */
export const usableIds = 2 ** 31 - 3_000_000;
