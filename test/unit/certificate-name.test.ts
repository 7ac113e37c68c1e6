// Names in certificates that no authority would sign for a test, against libpq's rules.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nameMismatch } from '../../src/adapters/postgres/certificate-name.ts';

const accepted = [
  ['db.example', { subjectaltname: 'DNS:db.example' }],
  ['DB.example', { subjectaltname: 'DNS:other, DNS:db.EXAMPLE' }],
  ['a.db.example', { subjectaltname: 'DNS:*.db.example' }],
  ['db.example', { subject: { CN: 'db.example' } }],
  ['db.example', { subject: { CN: ['db.example', 'other'] } }],
  ['db.example', { subject: { CN: 'db.example' }, subjectaltname: 'IP Address:192.0.2.1' }],
  ['192.0.2.1', { subjectaltname: 'IP Address:192.0.2.1' }],
  ['::1', { subjectaltname: 'IP Address:0:0:0:0:0:0:0:1' }],
  ['2001:db8::A', { subjectaltname: 'IP Address:2001:DB8:0:0:0:0:0:A' }],
  ['192.0.2.1', { subject: { CN: '192.0.2.1' }, subjectaltname: 'DNS:db.example' }],
] as const;

const refused = [
  ['db.example', {}],
  ['', { subjectaltname: 'DNS:db.example' }],
  ['db.example', { subject: { CN: 'db.example' }, subjectaltname: 'DNS:other' }],
  ['a.b.db.example', { subjectaltname: 'DNS:*.db.example' }],
  ['db.example', { subjectaltname: 'DNS:*.db.example' }],
  ['.db.example', { subjectaltname: 'DNS:*.db.example' }],
  ['adb.example', { subjectaltname: 'DNS:a*.example' }],
  ['example', { subjectaltname: 'DNS:*' }],
  ['192.0.2.1', { subject: { CN: '192.0.2.1' }, subjectaltname: 'IP Address:192.0.2.2' }],
  ['db.example', { subjectaltname: 'DNS:"db.example, DNS:db.example"' }],
  ['db.example', { subjectaltname: 'DNS:"db.example\\u0000.evil.example"' }],
  ['db.example', { subjectaltname: 'URI:DNS:db.example' }],
] as const;

for (const [host, certificate] of accepted) {
  it(`${host} is the host of ${JSON.stringify(certificate)}`, () => {
    assert.equal(nameMismatch(host, certificate), undefined);
  });
}

for (const [host, certificate] of refused) {
  it(`${host || 'no name'} is not the host of ${JSON.stringify(certificate)}`, () => {
    assert.match(nameMismatch(host, certificate) ?? '', /./);
  });
}
