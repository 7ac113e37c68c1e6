// Rules of pg_hba.conf that accept connections over the network without encryption.
import { defineCheck } from '../../../kernel/check.ts';
import {
  covers,
  type HbaRule,
  hbaNeeds,
  nothingInHba,
  parseHbaRule,
  placeOf,
  reachOf,
} from '../../probes/hba-rules/probe.ts';

export default defineCheck({
  id: 'hba-without-tls',
  group: 'security',
  title: 'Logins over the network without TLS',
  why:
    'A host line accepts clients with and without TLS; the choice is theirs, and a man in the ' +
    'middle can make it for them (sslmode=prefer falls back in silence).',
  remedy:
    'Look at pg_stat_ssl for clients that still come in clear, then write hostssl instead of ' +
    'host, or put hostnossl all all all reject in front. Reload: sessions that are connected stay.',
  nothing: nothingInHba,
  needs: hbaNeeds,
  probe: 'hba-rules',
  thresholds: {},
  sources: ['PostgreSQL manual, The pg_hba.conf File: hostssl and hostnossl'],
  parse: parseHbaRule,
  judge({ rows, examined }) {
    if (rows.some(({ server_has_tls }) => !server_has_tls)) {
      return { skipped: 'ssl is off, so that no rule could demand TLS: see tls-off' };
    }
    const clear = rows.filter((rule) => isInClear(rule) && !isRefusedEarlier(rule, rows));
    return {
      examined,
      findings: clear.map((rule) => ({
        object: rule.text,
        severity: 'warning',
        summary:
          `${placeOf(rule)} accepts ${rule.users.join(', ')} over the network ` +
          `${rule.type === 'hostnossl' ? 'only' : 'also'} without TLS`,
        evidence: { line: rule.line, type: rule.type, method: rule.method },
      })),
    };
  },
});

function isInClear(rule: HbaRule): boolean {
  return (
    ['host', 'hostnossl', 'hostnogssenc'].includes(rule.type) &&
    !['socket', 'loopback'].includes(reachOf(rule)) &&
    // A certificate needs TLS, whatever the type says.
    !rule.needs_certificate &&
    !['reject', 'cert'].includes(rule.method)
  );
}

// hostnossl … reject in front: what comes in clear never gets as far as this rule.
function isRefusedEarlier(rule: HbaRule, rules: readonly HbaRule[]): boolean {
  return rules.some(
    (earlier) =>
      earlier.number < rule.number &&
      earlier.method === 'reject' &&
      earlier.type === 'hostnossl' &&
      covers(earlier, { ...rule, type: 'hostnossl' }),
  );
}
