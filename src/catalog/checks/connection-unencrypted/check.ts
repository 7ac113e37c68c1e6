// Sessions over the network that nothing encrypts.
import { defineCheck } from '../../../kernel/check.ts';
import { list, number, text } from '../../../kernel/row.ts';
import { names } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'connection-unencrypted',
  group: 'security',
  title: 'Unencrypted sessions over the network',
  why:
    'Whoever can listen on the way reads every statement and every row, and can change them. ' +
    'With password or md5 authentication they learn what they need to log in as well.',
  remedy:
    'Turn ssl on at the server, set sslmode=verify-full in the clients, then let pg_hba.conf ' +
    'accept hostssl lines only.',
  nothing: 'no session came over the network',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    trusted_networks: names(
      ['127.0.0.0/8', '::1/128'],
      'Networks that need no encryption',
      'The host itself',
    ),
  },
  sources: [
    'PostgreSQL manual, Secure TCP/IP Connections with SSL; pg_stat_ssl; pg_stat_gssapi',
    'pg-extras, ssl_used; awesome-prometheus-alerts',
  ],
  parameters: ({ thresholds }) => [thresholds.trusted_networks],
  parse: (row) => ({
    role: text(row, 'role'),
    application: text(row, 'application'),
    sessions: number(row, 'sessions'),
    addresses: list(row, 'addresses'),
  }),
  judge({ rows, examined }) {
    const findings = rows.map(({ role, application, sessions, addresses }) => ({
      object: `role ${role}, application ${application || '(no name)'}`,
      severity: 'warning' as const,
      summary:
        `${plural(sessions, 'session')} of role ${role} ` +
        `(${application || 'no application name'}) ` +
        `${sessions === 1 ? 'comes' : 'come'} unencrypted over the network`,
      evidence: { sessions, client_addresses: addresses.slice(0, 10).join(', ') },
    }));
    return { examined, findings };
  },
});
