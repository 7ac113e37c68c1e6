// The major version is out of support, or will be soon.
import { defineCheck } from '../../../kernel/check.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';
import { parseVersion } from '../../probes/versions/probe.ts';
import { calendarDate, dayStart_ms, majorRelease } from '../../probes/versions/releases.ts';

export default defineCheck({
  id: 'version-end-of-life',
  group: 'versions',
  title: 'Support of the major version',
  why:
    'After its end of life a major version gets no fix at all: neither for corruption nor for a ' +
    'security hole that everybody can read about.',
  remedy:
    'Plan the upgrade: read the release notes of each major in between, check that every ' +
    'extension exists for the new one, rehearse pg_upgrade (or logical replication for a switch ' +
    'of seconds) on a restored backup, and run analyze afterwards.',
  nothing: 'this major version is not in the calendar of releases',
  probe: 'versions',
  thresholds: {
    info_ahead: duration('180d', 'So long before the end', 'Percona PMM: six months'),
  },
  procedures: ['basic-health-check'],
  sources: ['postgresql.org, Versioning Policy', 'postgresqltuner; Percona PMM'],
  parse: parseVersion,
  judge({ rows: [version] }, { thresholds, server: { now_ms } }) {
    const release = version && majorRelease(version.major);
    if (version === undefined || release === undefined) return { examined: 0, findings: [] };
    const left_ms = dayStart_ms(release.end_of_life) - now_ms;
    if (left_ms > thresholds.info_ahead) return { examined: 1, findings: [] };
    const object = `PostgreSQL ${version.major}`;
    const isOver = left_ms <= 0;
    return {
      examined: 1,
      findings: [
        {
          object,
          severity: isOver ? 'warning' : 'info',
          summary: isOver
            ? `${object} is out of support for ${formatDuration(-left_ms)}, ` +
              `since ${release.end_of_life}`
            : `${object} is supported for another ${formatDuration(left_ms)}, ` +
              `until ${release.end_of_life}`,
          evidence: {
            end_of_life: release.end_of_life,
            left_ms: Math.round(left_ms),
            calendar_date: calendarDate,
          },
        },
      ],
    };
  },
});
