import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anonymous } from '../../../src/context/principal.ts';
import { consumerOf, counterKey, networkOf } from '../../../src/rate-limit/keys.ts';

const networks: readonly (readonly [address: string, network: string])[] = [
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['1:2:3::4:5:6:7', '1:2:3:0::/64'],
  ['1::3:4:5:6:7:8', '1:0:3:4::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
];

for (const [address, network] of networks) {
  test(`the address '${address}' is counted as '${network}'`, () => assert.equal(networkOf(address), network));
}

test('a known caller is counted by name from wherever it calls; an anonymous one by client and network', () => {
  const known = { ...anonymous, credential: 'bearer', consumer: 'abc' } as const;
  assert.equal(consumerOf(known, 'a', '10.0.0.1'), consumerOf(known, 'b', '10.0.0.2'));
  assert.equal(consumerOf(anonymous, 'a', '2001:db8::1'), consumerOf(anonymous, 'a', '2001:db8::2'));
  assert.notEqual(consumerOf(anonymous, 'a', '10.0.0.1'), consumerOf(anonymous, 'b', '10.0.0.1'));
  assert.notEqual(consumerOf(anonymous, 'a', '10.0.0.1'), consumerOf(anonymous, 'a', '10.0.0.2'));
});

test('all counters of one consumer carry it as their hash tag', () => {
  assert.match(counterKey('abc', 'cost'), /\{abc\}/);
  assert.notEqual(counterKey('abc', 'cost'), counterKey('abc', 'consumer'));
});
