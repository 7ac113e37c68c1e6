// Login roles whose password is still stored as MD5.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, type RawRow, text } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'md5-passwords',
  group: 'security',
  title: 'Passwords stored as MD5',
  why:
    'An MD5 verifier is as good as the password to whoever reads it. It stays in place when ' +
    'password_encryption changes, until the password is set again.',
  remedy:
    'Set the password of the role again with password_encryption = scram-sha-256; \\password ' +
    'sends no clear text. A line with md5 in pg_hba.conf accepts SCRAM too, so nothing else has ' +
    'to change first.',
  nothing: 'no login role has a password',
  needs: { privilege: 'superuser' },
  thresholds: {},
  sources: ['PostgreSQL manual, pg_authid, rolpassword', 'PostgreSQL 18 release notes: MD5'],
  parse: (row: RawRow) => ({
    role: text(row, 'role'),
    is_expired: boolean(row, 'is_expired'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ role, is_expired }) => ({
      object: role,
      severity: is_expired ? 'info' : 'warning',
      summary: `the password of ${role} is stored as MD5`,
      evidence: { is_expired },
    })),
  }),
});
