// A server on which autovacuum cannot work.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, type RawRow } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'autovacuum-off',
  group: 'vacuum',
  title: 'Autovacuum switched off',
  why:
    'Without autovacuum dead rows pile up in every table, statistics grow stale and plans with ' +
    'them, and only the emergency vacuum against wraparound is left.',
  remedy:
    'ALTER SYSTEM SET autovacuum = on (and track_counts = on), then SELECT pg_reload_conf(). ' +
    'Where it was too much for one table, tune that table instead.',
  nothing: 'the settings are not visible',
  thresholds: {},
  sources: ['PostgreSQL manual, autovacuum and track_counts'],
  parse: (row: RawRow) => ({ is_on: boolean(row, 'is_on'), counts: boolean(row, 'counts') }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows
      .filter(({ is_on, counts }) => !is_on || !counts)
      .map(({ is_on }) => ({
        object: is_on ? 'track_counts' : 'autovacuum',
        severity: 'critical',
        summary: is_on
          ? 'track_counts is off, so autovacuum never knows that a table needs it'
          : 'autovacuum is off for the whole server',
        evidence: { autovacuum: is_on },
      })),
  }),
});
