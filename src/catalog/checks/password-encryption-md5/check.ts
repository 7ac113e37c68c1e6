// Settings that make new passwords be stored as MD5.
import { defineCheck } from '../../../kernel/check.ts';
import { describeScope, parseSetting, readSettings } from '../../probes/settings/probe.ts';

export default defineCheck({
  id: 'password-encryption-md5',
  group: 'security',
  title: 'New passwords are stored as MD5',
  why:
    'Who gets hold of an MD5 verifier (a backup, a dump of the roles) can log in with it as it ' +
    'is, without knowing the password. PostgreSQL 18 warns about it and a later version drops it.',
  remedy:
    "Set password_encryption = 'scram-sha-256', set each password again (\\password computes " +
    'the verifier on the client), and only then turn md5 into scram-sha-256 in pg_hba.conf.',
  nothing: 'password_encryption could not be read',
  probe: 'settings',
  thresholds: {},
  sources: ['PostgreSQL manual, Password Authentication', 'PostgreSQL 18 release notes: MD5'],
  parse: parseSetting,
  judge({ rows }) {
    const settings = readSettings(rows);
    const written = rows.filter(({ name }) => name === 'password_encryption');
    const weak = [
      ...settings.all.filter(({ name }) => name === 'password_encryption'),
      ...settings.overrides.filter(({ name }) => name === 'password_encryption'),
    ].filter(({ value }) => value.toLowerCase() === 'md5');
    return {
      examined: written.length,
      findings: weak.map((setting) => {
        const scope = setting.is_override ? ` for ${describeScope(setting)}` : '';
        return {
          object: `password_encryption${scope}`,
          severity: 'warning',
          summary: `password_encryption is md5${scope}`,
          evidence: { value: setting.value },
        };
      }),
    };
  },
});
