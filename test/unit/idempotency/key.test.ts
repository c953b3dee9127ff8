import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint, isClientKey, upstreamKey } from '../../../src/idempotency/key.ts';

const secret = 'a secret of at least thirty-two characters';
const intent = { principal: { issuer: 'https://id.test', subject: 'usr_1' }, mutation: 'payOrder', clientKey: 'k1' };

test('one intent has one upstream key, in every process and for ever', () => {
  assert.equal(upstreamKey(secret, { ...intent }), upstreamKey(secret, intent));
  // Pinned: another value after an upgrade would make a retry across it a second payment.
  assert.equal(upstreamKey(secret, intent), 'DkNOGiafrwZSXYCLK8Rz-vLVS5ToGa2ZUwyToH1NbqM');
});

test('an upstream key is what the services’ contracts accept', () => {
  assert.match(upstreamKey(secret, intent), /^[\x21-\x7e]{1,255}$/);
});

test('another caller, mutation, client key or secret has another upstream key, also where joined texts are equal', () => {
  const others = [
    intent,
    { ...intent, principal: { issuer: 'https://other.test', subject: 'usr_1' } },
    { ...intent, principal: { issuer: 'https://id.test', subject: 'usr_2' } },
    { ...intent, principal: { issuer: 'https://id.testusr', subject: '_1' } },
    { ...intent, mutation: 'refundPayment' },
    { ...intent, clientKey: 'k2' },
    { ...intent, mutation: 'payOrderk', clientKey: '1' },
    { ...intent, principal: { issuer: '', subject: 'usr_1' } },
  ];
  const keys = others.map((each) => upstreamKey(secret, each));
  assert.equal(new Set([...keys, upstreamKey(`${secret}.`, intent)]).size, others.length + 1);
});

test('equal input has one fingerprint, whatever the order of its members; other input has another', () => {
  const input = { orderId: 'ord_1', amount: { minor: '100', currency: 'EUR' } };
  const print = fingerprint(secret, 'payOrder', input);
  assert.equal(fingerprint(secret, 'payOrder', { amount: { currency: 'EUR', minor: '100' }, orderId: 'ord_1' }), print);
  assert.notEqual(fingerprint(secret, 'payOrder', { ...input, orderId: 'ord_2' }), print);
  assert.notEqual(fingerprint(secret, 'payOrder', { ...input, tip: null }), print);
  assert.notEqual(fingerprint(`${secret}.`, 'payOrder', input), print);
});

test('a client key is 1 to 255 visible ASCII characters', () => {
  for (const good of ['1', '7b9a2c84-3d4f-4f52-9c8e-0a4a7f1f5d21', '~'.repeat(255)])
    assert.equal(isClientKey(good), true);
  for (const bad of ['', ' ', 'a b', 'ä', 'a\n', '\0', 'x'.repeat(256)]) assert.equal(isClientKey(bad), false, bad);
});
