// The name of a fault over time: the same fault on the same target has the same fingerprint.
import { createHash } from 'node:crypto';
import type { FindingDraft } from '../kernel/model.ts';
import type { TargetSession } from '../kernel/session.ts';

interface Context {
  readonly session: TargetSession;
  readonly options: { readonly target: string };
}

/** 16 hex digits of SHA-256 over check, database and object; figures do not enter into it. */
export function fingerprint(check: string, draft: FindingDraft, context: Context): string {
  const { server } = context.session;
  // The target's name serves only where the cluster's own identity cannot be read.
  const cluster = server.system_identifier ?? context.options.target;
  const parts = [check, cluster, String(server.database_oid), draft.object, draft.key ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
