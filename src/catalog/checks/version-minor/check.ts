// The server lacks minor versions: bug and security fixes that cost a restart and nothing else.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import { parseVersion, type Version } from '../../probes/versions/probe.ts';
import {
  calendarDate,
  dayStart_ms,
  harmfulReleases,
  majorRelease,
} from '../../probes/versions/releases.ts';

export default defineCheck({
  id: 'version-minor',
  group: 'versions',
  title: 'Missing minor versions',
  why:
    'Minor versions hold nothing but fixes: of crashes, of wrong answers, of corruption, of ' +
    'security holes that are public from that day on.',
  remedy:
    'Read the release notes of the missing versions for steps after the update (a reindex, now ' +
    'and then), install the packages and restart. No dump and no pg_upgrade is needed. With ' +
    'standbys: update them first. A managed service does it in its maintenance window.',
  nothing: 'this major version is not in the calendar of releases',
  probe: 'versions',
  thresholds: {
    grace: duration('30d', 'A newer version this young is only info', 'a month to plan a restart'),
    calendar_age: duration(
      '120d',
      "The product's own calendar says nothing about today when it is older than this",
      'minor versions come every three months',
    ),
  },
  procedures: ['basic-health-check'],
  sources: ['postgresql.org, Versioning Policy', 'check_pgactivity, minor_version'],
  parse: parseVersion,
  judge({ rows: [version] }, { thresholds, server: { now_ms } }) {
    const release = version && majorRelease(version.major);
    if (version === undefined || release === undefined) return { examined: 0, findings: [] };
    const newest = release.minors.length - 1;
    if (version.minor < newest) {
      const missing = release.minors.slice(version.minor + 1);
      return { examined: 1, findings: [finding(version, { missing, now_ms, ...thresholds })] };
    }
    if (now_ms - dayStart_ms(calendarDate) > thresholds.calendar_age) {
      return {
        skipped:
          `${name(version)} is the newest known of ${calendarDate}; ` +
          'newer ones are likely by now: update pgrunbook',
      };
    }
    return { examined: 1, findings: [] };
  },
});

interface Gap {
  /** Release dates of the versions that this server lacks. */
  readonly missing: readonly string[];
  readonly now_ms: number;
  readonly grace: number;
}

function finding(version: Version, { missing, now_ms, grace }: Gap): FindingDraft {
  const { major, minor } = version;
  const harmful = harmfulReleases.find((one) => one.major === major && minor < one.below);
  const newest = `${major}.${minor + missing.length}`;
  // How long the server has gone without the first fix it lacks.
  const age_ms = Math.max(0, now_ms - dayStart_ms(missing[0] ?? calendarDate));
  return {
    object: name(version),
    severity: harmful ? 'critical' : age_ms > grace ? 'warning' : 'info',
    summary:
      `${name(version)} lacks ${plural(missing.length, 'minor version')}, ` +
      `the first for ${formatDuration(age_ms)}; ${newest} is the newest known of ${calendarDate}` +
      (harmful ? `; ${harmful.harm}` : ''),
    evidence: {
      newest_known: newest,
      missing: missing.length,
      first_missing_age_ms: age_ms,
      calendar_date: calendarDate,
    },
  };
}

function name({ major, minor }: Version): string {
  return `PostgreSQL ${major}.${minor}`;
}
