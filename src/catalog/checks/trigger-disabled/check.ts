// Triggers that were switched off, for a load perhaps, and not on again.
import { defineCheck } from '../../../kernel/check.ts';
import { type RawRow, text } from '../../../kernel/row.ts';

interface DisabledTrigger {
  /** "trigger or constraint on schema.table". */
  readonly name: string;
  /** pg_constraint.contype of what is not enforced, or "trigger". */
  readonly kind: string;
  /** Tables whose triggers are off. */
  readonly tables: string;
}

export default defineCheck({
  id: 'trigger-disabled',
  group: 'tables',
  title: 'Disabled triggers',
  why:
    'What the trigger does is not done: no audit row, no derived column. Where ALTER TABLE … ' +
    'DISABLE TRIGGER ALL was used, foreign keys are not enforced either, and still look valid.',
  remedy:
    'Find out who switched it off and whether that load is over, then ALTER TABLE … ENABLE ' +
    'TRIGGER. It does not look at rows written meanwhile. For a foreign key find rows without ' +
    'partner first; then drop it, add it NOT VALID and validate it.',
  nothing: 'there is no trigger and no foreign key',
  thresholds: {},
  sources: [
    'PostgreSQL manual, ALTER TABLE, DISABLE TRIGGER; pg_trigger',
    'pgwatch: reco_disabled_triggers',
  ],
  parse: (row: RawRow): DisabledTrigger => ({
    name: text(row, 'trigger_name'),
    kind: text(row, 'kind'),
    tables: text(row, 'tables'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, kind, tables }) => {
      const isConstraint = kind !== 'trigger';
      const what = kind === 'f' ? 'foreign key' : 'constraint';
      return {
        object: name,
        // A constraint that is not kept and says that it is will mislead everybody.
        severity: isConstraint ? 'critical' : 'warning',
        summary: isConstraint
          ? `${what} ${name} is not enforced: its triggers on ${tables} are disabled`
          : `trigger ${name} is disabled`,
        evidence: { tables, is_constraint: isConstraint },
      };
    }),
  }),
});
