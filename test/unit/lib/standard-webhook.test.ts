import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWebhook, signWebhook } from '../../../src/lib/standard-webhook.ts';

// The example of the Standard Webhooks libraries, so that another implementation agrees.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = '1614265330';
const body = Buffer.from('{"test": 2432232314}');
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const now = 1_614_265_330_000;

const check = (
  change: Partial<{ id: string; timestamp: string; signature: string }> = {},
  at = now,
  secrets = [secret],
) => checkWebhook(secrets, { id, timestamp, signature, ...change }, body, at);

test('a message signed by another implementation is genuine', () => {
  assert.deepEqual(check(), { genuine: true, id });
  assert.equal(signWebhook(secret, id, timestamp, body), signature);
});

test('one good signature among several is enough, and one good secret', () => {
  const other = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  assert.equal(check({ signature: `v1,AAAA v2,xyz ${signature}` }).genuine, true);
  assert.equal(check({}, now, [other, secret]).genuine, true);
  assert.equal(check({}, now, [other]).genuine, false);
  assert.equal(check({}, now, []).genuine, false);
});

test('a secret may be plain text', () => {
  const plain = 'sixteen letters!';
  const signed = signWebhook(plain, id, timestamp, body);
  assert.equal(check({ signature: signed }, now, [plain]).genuine, true);
  assert.equal(check({ signature: signed }).genuine, false);
});

test('anything changed is refused', () => {
  assert.deepEqual(check({ id: 'msg_other' }), { genuine: false, reason: 'bad_signature' });
  assert.deepEqual(check({ timestamp: '1614265331' }), { genuine: false, reason: 'bad_signature' });
  assert.deepEqual(checkWebhook([secret], { id, timestamp, signature }, Buffer.from('{}'), now), {
    genuine: false,
    reason: 'bad_signature',
  });
  for (const bad of [
    'v1,',
    'v1',
    signature.replace('v1,', 'v1a,'),
    signature.slice(3),

    `${'v1,AAAA '.repeat(16)}${signature}`,
  ])
    assert.equal(check({ signature: bad }).genuine, false, bad);
});

test('a message is accepted within five minutes of its time, either way', () => {
  assert.equal(check({}, now + 300_000).genuine, true);
  assert.equal(check({}, now - 300_000).genuine, true);
  assert.deepEqual(check({}, now + 300_001), { genuine: false, reason: 'too_old' });
  assert.deepEqual(check({}, now - 300_001), { genuine: false, reason: 'too_new' });
});

test('missing and unreadable headers are refused', () => {
  for (const name of ['id', 'timestamp', 'signature'] as const)
    assert.deepEqual(check({ [name]: '' }), { genuine: false, reason: 'missing_header' });
  for (const bad of ['abc', '-1', '1e9', ' 1614265330', '1614265330.5', '9'.repeat(20)])
    assert.deepEqual(check({ timestamp: bad }), { genuine: false, reason: 'bad_timestamp' }, bad);
});

test('a secret that is not one throws instead of letting everyone in', () => {
  for (const bad of ['', 'whsec_', 'whsec_abc', 'fifteen letters', 'whsec_****************'])
    assert.throws(() => check({}, now, [bad]), TypeError);
});
