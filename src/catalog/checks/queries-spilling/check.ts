// Statements that write their sorts and hashes to disk.
import { defineCheck } from '../../../kernel/check.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize, plural } from '../../../kernel/units.ts';
import {
  nameOf,
  noStatements,
  parseStatement,
  statementNeeds,
  statementsSince,
} from '../../probes/statements/probe.ts';

const most_findings = 20;

export default defineCheck({
  id: 'queries-spilling',
  group: 'queries',
  title: 'Statements that spill to disk',
  why:
    'A sort or hash larger than work_mem goes to temporary files: ten times slower than memory, ' +
    'and enough of them at once fill the disk for everybody.',
  remedy:
    'See by EXPLAIN (ANALYZE, BUFFERS) what spills. Sort fewer or narrower rows, or by an index; ' +
    'otherwise raise work_mem for this statement’s role or transaction, not for the server.',
  nothing: noStatements,
  probe: 'statements',
  needs: statementNeeds,
  thresholds: {
    warning_size: size(
      '1GB',
      'Written to temporary files between the samples, by one statement',
      'ten seconds of a disk of 100 MB/s',
    ),
    min_per_call: size('4MB', 'Written by each call; less is left out', 'the default of work_mem'),
  },
  sources: ['PostgreSQL manual, pg_stat_statements.temp_blks_written; work_mem'],
  parse: parseStatement,
  judge(facts, { previous, thresholds }) {
    if (previous === undefined) return { skipped: 'there is no earlier sample' };
    const since = statementsSince(facts, previous.facts);
    const spilling = since
      .filter(({ temporary_bytes }) => temporary_bytes >= Math.max(1, thresholds.warning_size))
      .filter(({ temporary_bytes, calls }) => temporary_bytes / calls >= thresholds.min_per_call)
      .toSorted((a, b) => b.temporary_bytes - a.temporary_bytes);
    return {
      examined: since.length,
      findings: spilling.slice(0, most_findings).map((statement) => ({
        object: nameOf(statement),
        severity: 'warning',
        summary:
          `${nameOf(statement)} wrote ${formatSize(statement.temporary_bytes)} to temporary ` +
          `files in ${plural(statement.calls, 'call')} within ` +
          `${formatDuration(previous.elapsed_ms)}`,
        evidence: {
          calls: statement.calls,
          temporary_bytes: statement.temporary_bytes,
          temporary_bytes_per_call: Math.round(statement.temporary_bytes / statement.calls),
          mean_ms: Math.round((10 * statement.execution_ms) / statement.calls) / 10,
        },
      })),
    };
  },
});
