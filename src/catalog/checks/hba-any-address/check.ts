// Rules of pg_hba.conf that accept clients from every address there is.
import { defineCheck } from '../../../kernel/check.ts';
import {
  hbaNeeds,
  nothingInHba,
  parseHbaRule,
  placeOf,
  reachOf,
} from '../../probes/hba-rules/probe.ts';

// trust from anywhere is what hba-trust is about; reject lets nobody in.
const told_elsewhere = ['trust', 'reject'];
const strong_methods = ['scram-sha-256', 'cert', 'gss', 'sspi', 'oauth'];

export default defineCheck({
  id: 'hba-any-address',
  group: 'security',
  title: 'Logins from any address',
  why:
    'A line for 0.0.0.0/0, ::/0 or all leaves the firewall as the only thing between the ' +
    'internet and the login: guessed and stolen passwords work from everywhere.',
  remedy:
    'Name the networks of the applications and the administrators instead. Where addresses ' +
    'cannot be known (a cloud, a mesh), demand hostssl with scram-sha-256 or a client ' +
    'certificate, and never let a superuser in that way.',
  nothing: nothingInHba,
  needs: hbaNeeds,
  probe: 'hba-rules',
  thresholds: {},
  sources: ['PostgreSQL manual, The pg_hba.conf File'],
  parse: parseHbaRule,
  judge({ rows, examined }) {
    const open = rows.filter(
      (rule) => reachOf(rule) === 'anywhere' && !told_elsewhere.includes(rule.method),
    );
    return {
      examined,
      findings: open.map((rule) => {
        const isStrong = rule.type === 'hostssl' && strong_methods.includes(rule.method);
        return {
          object: rule.text,
          severity: isStrong ? 'info' : 'warning',
          summary:
            `${placeOf(rule)} accepts ${rule.users.join(', ')} for ${rule.databases.join(', ')} ` +
            `from any address by ${rule.method}${rule.type === 'hostssl' ? ' over TLS' : ''}`,
          evidence: { line: rule.line, type: rule.type, method: rule.method },
        };
      }),
    };
  },
});
