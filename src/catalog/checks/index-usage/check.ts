// How much of the index space of a database is never read.
import { defineCheck } from '../../../kernel/check.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatDuration, formatPercent, formatSize, plural } from '../../../kernel/units.ts';
import {
  parseIndexUsage,
  tooYoung,
  usageParameters,
  usageThresholds,
} from '../../probes/index-usage/probe.ts';

export default defineCheck({
  id: 'index-usage',
  group: 'indexes',
  title: 'Share of index space that is never read',
  why:
    'Indexes that nobody reads crowd useful pages out of memory, lengthen vacuum and backup, and ' +
    'slow every write down. A large share says that indexes are added and never reviewed.',
  remedy:
    'Go through the findings of index-unused, index-duplicate and index-redundant, the largest ' +
    'first, and repeat it every month.',
  nothing: 'every index enforces a constraint or supports a foreign key',
  procedures: ['index-usage-report'],
  probe: 'index-usage',
  needs: { role: 'primary' },
  thresholds: {
    unscanned_percent: percent(
      25,
      'Share of the index space without a scan that is worth a review',
      'a quarter: our choice',
    ),
    unscanned_size: size('1GB', 'Less space than this is no finding', 'our choice'),
    ...usageThresholds,
  },
  sources: ['PostgreSQL manual, The Cumulative Statistics System, pg_stat_all_indexes'],
  parameters: ({ thresholds, server }) => usageParameters(thresholds, server),
  parse: parseIndexUsage,
  judge({ rows, examined }, { thresholds, server }) {
    const [totals] = rows;
    if (examined === 0 || totals === undefined) return { examined: 0, findings: [] };
    const { counting, standbys, size_bytes, unscanned_indexes, unscanned_size_bytes } = totals;
    if (!counting.is_long_enough) return { skipped: tooYoung(counting, thresholds.min_window) };
    const share_percent = size_bytes === 0 ? 0 : (100 * unscanned_size_bytes) / size_bytes;
    const isMuch =
      unscanned_size_bytes >= thresholds.unscanned_size &&
      share_percent >= thresholds.unscanned_percent;
    if (!isMuch) return { examined, findings: [] };
    const counted = formatDuration(counting.window_ms ?? 0);
    const elsewhere =
      standbys > 0
        ? `; ${plural(standbys, 'standby', 'standbys')} may use them, uncounted here`
        : '';
    return {
      examined,
      findings: [
        {
          object: server.database,
          severity: 'info',
          summary:
            `${plural(unscanned_indexes, 'index', 'indexes')} of ${examined} ` +
            `(${formatSize(unscanned_size_bytes)} of ${formatSize(size_bytes)}, ` +
            `${formatPercent(share_percent)}) were not scanned; counted for ${counted}${elsewhere}`,
          evidence: {
            indexes: examined,
            unscanned_indexes,
            size_bytes,
            unscanned_size_bytes,
            unscanned_percent: Math.round(share_percent * 10) / 10,
            counted_ms: Math.round(counting.window_ms ?? 0),
            standbys,
          },
        },
      ],
    };
  },
});
