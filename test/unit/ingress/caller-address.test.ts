import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { createCallerAddress } from '../../../src/ingress/caller-address.ts';

function request(peer: string, headers: Record<string, string> = {}, encrypted = false): IncomingMessage {
  const socket = { remoteAddress: peer, ...(encrypted && { encrypted }) };
  return { socket, headers } as unknown as IncomingMessage;
}

const addressOf = createCallerAddress(['10.0.0.0/8', '2001:db8:ffff::/48']);

const cases: readonly (readonly [name: string, peer: string, forwarded: string | undefined, address: string])[] = [
  ['nobody forwards', '203.0.113.9', undefined, '203.0.113.9'],
  ['a stranger says it forwards', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a trusted proxy says nothing', '10.0.0.1', undefined, '10.0.0.1'],
  ['a trusted proxy names the caller', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['the caller invents hops before', '10.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.1', '198.51.100.1'],
  ['trusted proxies stand in a row', '10.0.0.1', '198.51.100.1, 10.0.0.3, 10.0.0.2', '198.51.100.1'],
  ['everything is ours', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['a hop is no address', '10.0.0.1', '198.51.100.1, unknown, 10.0.0.2', '10.0.0.2'],
  ['the last hop is no address', '10.0.0.1', '198.51.100.1, "><script>', '10.0.0.1'],
  ['the header is empty', '10.0.0.1', '', '10.0.0.1'],
  ['a port is written too', '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['IPv6 with a port', '2001:db8:ffff::1', '[2001:db8::7]:4711', '2001:db8::7'],
  ['IPv6 without one', '2001:db8:ffff::1', '2001:db8::7', '2001:db8::7'],
  ['the proxy came in over mapped IPv4', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a thousand hops', '10.0.0.1', Array.from({ length: 1_000 }, () => '10.0.0.2').join(','), '10.0.0.2'],
];

for (const [name, peer, forwarded, address] of cases) {
  test(`${name}: the caller is ${address}`, () => {
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    assert.equal(addressOf(request(peer, headers)).address, address);
  });
}

test('a request is secure over TLS, or when a trusted proxy says that it was', () => {
  assert.equal(addressOf(request('203.0.113.9')).secure, false);
  assert.equal(addressOf(request('203.0.113.9', {}, true)).secure, true);
  assert.equal(addressOf(request('203.0.113.9', { 'x-forwarded-proto': 'https' })).secure, false);
  assert.equal(addressOf(request('10.0.0.1', { 'x-forwarded-proto': 'https' })).secure, true);
  assert.equal(addressOf(request('10.0.0.1', { 'x-forwarded-proto': 'https, http' }, true)).secure, false);
  assert.equal(addressOf(request('10.0.0.1', {}, true)).secure, true);
});

test('without trusted proxies the socket alone speaks', () => {
  const alone = createCallerAddress([]);
  assert.equal(alone(request('10.0.0.1', { 'x-forwarded-for': '198.51.100.1' })).address, '10.0.0.1');
});
