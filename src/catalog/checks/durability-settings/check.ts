// Settings under which a crash loses or corrupts what was reported as committed.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft, Severity } from '../../../kernel/model.ts';
import {
  describeScope,
  isWrittenOff,
  parseSetting,
  readSettings,
  type Setting,
} from '../../probes/settings/probe.ts';

interface Danger {
  readonly name: string;
  /** The value that is dangerous. */
  readonly value: 'on' | 'off';
  readonly severity: Severity;
  readonly effect: string;
}

const dangers: readonly Danger[] = [
  {
    name: 'fsync',
    value: 'off',
    severity: 'critical',
    effect: 'a crash of the host can corrupt the whole cluster beyond repair',
  },
  {
    name: 'full_page_writes',
    value: 'off',
    severity: 'critical',
    effect: 'a page half written at a crash stays corrupt and is not repaired from WAL',
  },
  {
    name: 'zero_damaged_pages',
    value: 'on',
    severity: 'critical',
    effect: 'a damaged page is replaced by an empty one as it is read, and its rows are gone',
  },
  {
    name: 'ignore_checksum_failure',
    value: 'on',
    severity: 'warning',
    effect: 'pages known to be corrupt are read as if they were sound',
  },
  {
    name: 'synchronous_commit',
    value: 'off',
    severity: 'info',
    effect: 'a crash loses the transactions of the last moments although they were committed',
  },
];

export default defineCheck({
  id: 'durability-settings',
  group: 'wal',
  title: 'Settings that give up durability',
  why: 'With these a crash that PostgreSQL would survive loses data, or the whole cluster.',
  remedy:
    'Set fsync and full_page_writes to on and reload, then take a base backup: what was written ' +
    'before is not made safe by it. Turn zero_damaged_pages on for a single rescue session only.',
  nothing: 'no setting could be read',
  probe: 'settings',
  thresholds: {},
  procedures: ['settings-review'],
  sources: [
    'PostgreSQL manual, Write Ahead Log settings; Developer Options',
    'check_pgactivity, configuration',
    'postgresqltuner',
  ],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const known = dangers.filter(({ name }) => settings.get(name) !== undefined);
    return {
      examined: known.length,
      findings: dangers.flatMap((danger) => [
        ...(settings.text(danger.name) === danger.value ? [ofServer(danger)] : []),
        ...settings.overrides
          .filter((one) => isSet(one, danger))
          .map((one) => ofScope(danger, one)),
      ]),
    };
  },
});

function isSet({ name, value }: Setting, danger: Danger): boolean {
  return name === danger.name && isWrittenOff(value) === (danger.value === 'off');
}

function ofServer({ name, value, severity, effect }: Danger): FindingDraft {
  const summary = `${name} is ${value}: ${effect}`;
  return { object: name, severity, summary, evidence: { setting: name, value } };
}

// Only settings that a session may change can be overridden, so fsync is never among them.
function ofScope({ name, value, severity, effect }: Danger, override: Setting): FindingDraft {
  const scope = describeScope(override);
  return {
    object: `${name} of ${scope}`,
    severity,
    summary: `${name} is ${value} for ${scope}: ${effect}`,
    evidence: { setting: name, value, role: override.role, database: override.database },
  };
}
