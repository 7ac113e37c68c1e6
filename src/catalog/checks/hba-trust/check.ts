// Rules of pg_hba.conf that let anybody be any role.
import { defineCheck } from '../../../kernel/check.ts';
import type { Severity } from '../../../kernel/model.ts';
import {
  hbaNeeds,
  nothingInHba,
  parseHbaRule,
  placeOf,
  type Reach,
  reachOf,
} from '../../probes/hba-rules/probe.ts';

const severities: Readonly<Record<Reach, Severity>> = {
  anywhere: 'critical',
  network: 'critical',
  loopback: 'warning',
  socket: 'info',
};

const from: Readonly<Record<Reach, string>> = {
  anywhere: 'any address',
  network: 'the network',
  loopback: 'the host itself over TCP',
  socket: 'the Unix-domain socket',
};

export default defineCheck({
  id: 'hba-trust',
  group: 'security',
  title: 'Logins without a password (trust)',
  why:
    'The method trust asks for nothing: whoever reaches the port logs in as any role that the ' +
    'line names, the superuser included. On the loopback address that is every ' +
    'process of the host, and whatever is forwarded to it.',
  remedy:
    'Use scram-sha-256 for host lines and peer for local lines, reload, and watch the log for ' +
    'refused logins. Sessions that are connected stay.',
  nothing: nothingInHba,
  needs: hbaNeeds,
  probe: 'hba-rules',
  thresholds: {},
  sources: ['PostgreSQL manual, Trust Authentication', 'CIS PostgreSQL Benchmark, pg_hba.conf'],
  parse: parseHbaRule,
  judge({ rows, examined }) {
    // With a client certificate that must be verified, the certificate is the proof.
    const trusting = rows.filter(
      ({ method, needs_certificate }) => method === 'trust' && !needs_certificate,
    );
    return {
      examined,
      findings: trusting.map((rule) => ({
        object: rule.text,
        // Without a TCP port the rule waits for the day when listen_addresses is set.
        severity: rule.type === 'local' || rule.server_listens ? severities[reachOf(rule)] : 'info',
        summary:
          `${placeOf(rule)} lets ${rule.users.join(', ')} in without a password from ` +
          from[reachOf(rule)],
        evidence: {
          line: rule.line,
          users: rule.users.join(', '),
          databases: rule.databases.join(', '),
        },
      })),
    };
  },
});
