// Networks lie within each other as PostgreSQL's own inet type says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInside, type Network, parseNetwork } from './network.ts';

const mask = (prefix: number) =>
  [0, 1, 2, 3]
    .map((octet) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - octet * 8))))
    .join('.');
const longMask = (prefix: number) =>
  Array.from({ length: 8 }, (_, group) =>
    (0x10000 - 2 ** (16 - Math.min(16, Math.max(0, prefix - group * 16)))).toString(16),
  ).join(':');

function network(text: string): Network {
  const [address = '', prefix] = text.split('/');
  const netmask = address.includes(':') ? longMask(Number(prefix)) : mask(Number(prefix));
  const parsed = parseNetwork(address, netmask);
  assert.ok(parsed, text);
  assert.equal(parsed.prefix, Number(prefix));
  return parsed;
}

test('a network lies within itself and within a shorter prefix of its bits', () => {
  for (const [inner, outer] of [
    ['10.1.2.3/32', '10.1.2.0/24'],
    ['10.1.2.0/24', '10.1.2.0/24'],
    ['10.255.0.0/16', '10.0.0.0/8'],
    ['192.0.2.1/32', '0.0.0.0/0'],
    ['2001:db8::1/128', '2001:db8::/32'],
    ['fe80::1:2/64', '::/0'],
    ['::ffff:10.0.0.1/128', '::ffff:10.0.0.0/104'],
  ] as const) {
    assert.ok(isInside(network(inner), network(outer)), `${inner} in ${outer}`);
  }
});

test('it lies in no other, and never in one of the other family', () => {
  for (const [inner, outer] of [
    ['10.1.2.0/24', '10.1.2.3/32'],
    ['10.1.3.1/32', '10.1.2.0/24'],
    ['0.0.0.0/0', '10.0.0.0/8'],
    ['10.0.0.1/32', '::/0'],
    ['2001:db9::1/128', '2001:db8::/32'],
  ] as const) {
    assert.ok(!isInside(network(inner), network(outer)), `${inner} in ${outer}`);
  }
});

test('what is no address is no network', () => {
  for (const text of ['db.example.com', '1.2.3', '256.1.1.1', '1:2', '::1::', ':::', 'g::', '']) {
    assert.equal(parseNetwork(text, text.includes(':') ? '::' : '0.0.0.0'), undefined, text);
  }
});
