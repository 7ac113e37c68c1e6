// The name of a fault over time: the same fault on the same target has the same fingerprint.
import { createHash } from 'node:crypto';
import type { Check, CheckGroup } from '../kernel/check.ts';
import type { FindingDraft } from '../kernel/model.ts';
import type { TargetSession } from '../kernel/session.ts';

interface Context {
  readonly session: TargetSession;
  readonly options: { readonly target: string };
}

// What these look at is the same from every database of the cluster.
const clusterGroups: readonly CheckGroup[] = [
  'connections',
  'activity',
  'wal',
  'replication',
  'settings',
  'versions',
];

/**
 * 16 hex digits of SHA-256 over check, cluster, database and object; figures do not enter into it.
 * A primary is its cluster, also after a failover; a standby, which has the cluster's identity
 * as well but files and settings of its own, is told by the name of the target.
 */
export function fingerprint(check: Check, draft: FindingDraft, context: Context): string {
  const { server } = context.session;
  const isCluster = server.system_identifier !== null && !server.is_in_recovery;
  const parts = [
    check.id,
    server.system_identifier ?? '',
    isCluster ? '' : context.options.target,
    clusterGroups.includes(check.group) ? '' : String(server.database_oid),
    draft.object,
    draft.key ?? '',
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
