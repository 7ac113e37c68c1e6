// Servers that listen on the network without TLS.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

const local_names = ['localhost', '127.0.0.1', '::1'];

export default defineCheck({
  id: 'tls-off',
  group: 'security',
  title: 'The server offers no TLS',
  why:
    'With ssl off every connection from another host is in clear: statements, rows, and what ' +
    'password authentication sends. Clients with sslmode=prefer, the default, do not notice.',
  remedy:
    'Set ssl_cert_file and ssl_key_file, then ssl = on and reload; no restart is needed. ' +
    'Then make the lines of pg_hba.conf hostssl, and the clients verify-full.',
  nothing: 'the setting ssl could not be read',
  probe: 'settings',
  thresholds: {},
  sources: ['PostgreSQL manual, Secure TCP/IP Connections with SSL'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const isOn = settings.isOn('ssl');
    const addresses = settings.text('listen_addresses');
    if (isOn === undefined || addresses === undefined) return { examined: 0, findings: [] };
    const remote = addresses
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== '' && !local_names.includes(address));
    const finding = {
      object: 'ssl',
      severity: 'warning' as const,
      summary: `ssl is off while the server listens on ${remote.join(', ')}`,
      evidence: { ssl: 'off', listen_addresses: addresses },
    };
    return { examined: 1, findings: isOn || remote.length === 0 ? [] : [finding] };
  },
});
