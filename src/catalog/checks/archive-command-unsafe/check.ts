// An archive_command that loses segments: discards them, hides failure, overwrites what is there.
import { defineCheck } from '../../../kernel/check.ts';
import type { Severity } from '../../../kernel/model.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';
import { type Flaw, flawOf } from './archive-command.ts';

const flaws: Readonly<Record<Flaw, readonly [severity: Severity, what: string]>> = {
  discards: ['critical', 'succeeds without copying anything: every segment is discarded'],
  'hides-failure': ['critical', 'reports success even where the copy failed: segments are lost'],
  moves: ['critical', 'moves segments out of pg_wal, where the server still needs them'],
  'names-no-file': ['warning', 'mentions neither %p nor %f: it cannot know what to archive'],
  overwrites: ['warning', 'overwrites a segment that is in the archive already'],
  'is-not-flushed': ['info', 'does not flush the copy to disk before the server drops its own'],
};

export default defineCheck({
  id: 'archive-command-unsafe',
  group: 'wal',
  title: 'Archive commands that can lose WAL',
  why:
    'The server believes the exit status of archive_command: what it calls archived is removed ' +
    'from pg_wal. A gap of one segment makes every later one useless for recovery.',
  remedy:
    'Let pgBackRest, WAL-G or Barman archive. A command of your own must fail where the copy ' +
    'failed, refuse to overwrite (test ! -f), write under a temporary name, flush, then rename.',
  nothing: 'no archive_command is in force (archiving is off, or done by archive_library)',
  probe: 'settings',
  thresholds: {},
  sources: ['PostgreSQL manual, Setting Up WAL Archiving'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const command = settings.text('archive_command') ?? '';
    const hasLibrary = (settings.text('archive_library') ?? '') !== '';
    if (settings.text('archive_mode') === 'off' || hasLibrary || command === '') {
      return { examined: 0, findings: [] };
    }
    const flaw = flawOf(command);
    if (flaw === undefined) return { examined: 1, findings: [] };
    const [severity, what] = flaws[flaw];
    // The command itself stays out: it may carry credentials.
    const finding = { object: 'archive_command', severity, summary: `archive_command ${what}` };
    return { examined: 1, findings: [{ ...finding, evidence: { flaw } }] };
  },
});
