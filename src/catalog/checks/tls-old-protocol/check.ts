// Servers that still accept TLS 1.0 or 1.1.
import { defineCheck } from '../../../kernel/check.ts';
import { parseSetting, readSettings } from '../../probes/settings/probe.ts';

const old_protocols = ['TLSv1', 'TLSv1.1'];

export default defineCheck({
  id: 'tls-old-protocol',
  group: 'security',
  title: 'Old TLS protocols are accepted',
  why:
    'TLS 1.0 and 1.1 are deprecated for known weaknesses (RFC 8996), and audits fail on them. ' +
    'libpq has asked for TLS 1.2 at least since version 13.',
  remedy:
    "Set ssl_min_protocol_version = 'TLSv1.2' and reload. Look first at pg_stat_ssl.version for " +
    'clients that still use an older one.',
  nothing: 'ssl is off, or ssl_min_protocol_version could not be read',
  needs: { privilege: 'pg_read_all_settings' },
  probe: 'settings',
  thresholds: {},
  sources: ['PostgreSQL manual, ssl_min_protocol_version', 'RFC 8996'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const lowest = settings.text('ssl_min_protocol_version');
    if (settings.isOn('ssl') !== true || lowest === undefined) return { examined: 0, findings: [] };
    if (!old_protocols.includes(lowest)) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'ssl_min_protocol_version',
          severity: 'warning',
          summary: `the server accepts ${lowest} and newer`,
          evidence: { ssl_min_protocol_version: lowest },
        },
      ],
    };
  },
});
