// What kind of work a session does: dumps and maintenance may take hours without being a fault.
import { redactStatement } from '../../../kernel/redact.ts';
import type { Session } from './probe.ts';

/** dump: it reads everything, by intent. maintenance: it lasts as long as the table is large. */
export type WorkKind = 'dump' | 'maintenance' | 'ordinary';

const dumpApplications = new Set(['pg_dump', 'pg_dumpall', 'pg_restore']);
const dumpStatement = /^copy\b.*\bto stdout\b/i;
const maintenanceStatement =
  /^(?:vacuum|analyze|cluster|reindex|create (?:unique )?index|refresh materialized view)\b/i;

export function workKind({ application, statement }: Session): WorkKind {
  // Redacted text has no comments in front, and single spaces.
  const text = redactStatement(statement, 1_000);
  if (dumpApplications.has(application) || dumpStatement.test(text)) return 'dump';
  return maintenanceStatement.test(text) ? 'maintenance' : 'ordinary';
}
