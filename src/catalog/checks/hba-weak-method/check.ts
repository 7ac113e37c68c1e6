// Rules of pg_hba.conf whose method gives the password, or the identity, away.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  type HbaRule,
  hbaNeeds,
  nothingInHba,
  parseHbaRule,
  placeOf,
  reachOf,
} from '../../probes/hba-rules/probe.ts';

export default defineCheck({
  id: 'hba-weak-method',
  group: 'security',
  title: 'Weak methods of authentication',
  why:
    'The method password sends it in clear, md5 sends a hash that can be cracked or, stolen from ' +
    "the server, used as it is, and ident believes what the client's host says about its user.",
  remedy:
    'Set the passwords again with password_encryption = scram-sha-256, then change the method ' +
    'to scram-sha-256 and reload. The order matters: scram-sha-256 refuses an MD5 verifier, ' +
    'while md5 accepts both.',
  nothing: nothingInHba,
  needs: hbaNeeds,
  probe: 'hba-rules',
  thresholds: {},
  sources: ['PostgreSQL manual, Password Authentication and Ident Authentication'],
  parse: parseHbaRule,
  judge: ({ rows, examined }) => ({ examined, findings: rows.flatMap(finding) }),
});

function finding(rule: HbaRule): readonly FindingDraft[] {
  const weakness = weaknessOf(rule);
  if (weakness === undefined) return [];
  return [
    {
      object: rule.text,
      severity: weakness.severity,
      summary: `${placeOf(rule)} authenticates ${rule.users.join(', ')} by ${weakness.what}`,
      evidence: {
        line: rule.line,
        method: rule.method,
        password_encryption: rule.password_encryption,
      },
    },
  ];
}

function weaknessOf(
  rule: HbaRule,
): (Pick<FindingDraft, 'severity'> & { what: string }) | undefined {
  const isRemote = !['socket', 'loopback'].includes(reachOf(rule));
  const isEncrypted = ['hostssl', 'hostgssenc'].includes(rule.type);
  switch (rule.method) {
    case 'password':
      if (!isRemote) return { severity: 'info', what: 'a password in clear text' };
      return isEncrypted
        ? { severity: 'warning', what: 'a password that the server sees in clear text' }
        : { severity: 'critical', what: 'a password in clear text over the network' };
    case 'md5': {
      // The method takes SCRAM verifiers too: what new passwords are stored as tells them apart.
      const isStored = rule.password_encryption === 'md5';
      const stored = isStored ? 'new passwords are stored as MD5' : 'SCRAM verifiers pass as well';
      return { severity: isStored && isRemote ? 'warning' : 'info', what: `md5 (${stored})` };
    }
    case 'ident':
      return isRemote
        ? { severity: 'warning', what: "ident, the word of the client's own host" }
        : undefined;
    default:
      return undefined;
  }
}
