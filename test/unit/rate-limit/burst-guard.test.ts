import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateLimit } from '../../../src/config/sections/rate-limit.ts';
import { BurstGuard } from '../../../src/rate-limit/burst-guard.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function guard(settings: object = {}, share = 1) {
  const clock = new ManualClock();
  return { clock, guard: new BurstGuard(rateLimit.parse(settings), clock, () => share) };
}

function accepted(subject: BurstGuard, address: string, requests: number): number {
  let count = 0;
  for (let i = 0; i < requests; i++) if (!subject.check(address)) count++;
  return count;
}

test('500 requests of one address pass in ten seconds, the 501st does not, and ten seconds later all is well', () => {
  const { guard: subject, clock } = guard();
  assert.equal(accepted(subject, '203.0.113.9', 600), 500);
  const refusal = subject.check('203.0.113.9');
  assert.equal(refusal?.code, 'RATE_LIMITED');
  assert.equal(refusal?.details?.['quota'], 'burst');
  assert.equal(refusal?.details?.['retryAfter'], 10);
  assert.equal(accepted(subject, '203.0.113.10', 1), 1, 'another address is another count');
  clock.advance(10_000);
  assert.equal(accepted(subject, '203.0.113.9', 1), 1);
});

test('addresses of one IPv6 /64 share a count', () => {
  const { guard: subject } = guard();
  let passed = 0;
  for (let i = 0; i < 600; i++) if (!subject.check(`2001:db8::${i.toString(16)}`)) passed++;
  assert.equal(passed, 500);
});

test('exempt ranges are not counted, denied ones may never call, and an allow list refuses the rest', () => {
  const { guard: subject } = guard({
    burst: { exempt: ['10.1.0.0/16', '2001:db8:1::/48'] },
    addresses: { allow: ['10.0.0.0/8', '2001:db8::/32'], deny: ['10.66.0.0/16', '10.1.66.1'] },
  });
  assert.equal(accepted(subject, '10.1.2.3', 2_000), 2_000);
  assert.equal(accepted(subject, '::ffff:10.1.2.3', 2_000), 2_000);
  assert.equal(accepted(subject, '2001:db8:1::5', 2_000), 2_000);
  assert.equal(accepted(subject, '10.2.2.3', 2_000), 500);
  for (const address of ['10.66.0.1', '10.1.66.1', '192.0.2.1', '2001:db9::1', 'nonsense', ''])
    assert.equal(subject.check(address)?.code, 'FORBIDDEN', address);
});

test('while counts are not shared an instance takes its share of the limit', () => {
  assert.equal(accepted(guard({}, 4).guard, '203.0.113.9', 600), 125);
});

test('what others counted is learned in the background and leaves no more room than the limit', async () => {
  const { guard: subject, clock } = guard();
  accepted(subject, '203.0.113.9', 100);
  const told: number[] = [];
  await subject.flush(async (_network, _windowMs, amount) => {
    told.push(amount);
    return 400;
  });
  assert.deepEqual(told, [100]);
  assert.equal(accepted(subject, '203.0.113.9', 600), 100, '100 here and 300 elsewhere are known');
  clock.advance(10_000);
  assert.equal(accepted(subject, '203.0.113.9', 600), 500, 'what was heard ten seconds ago is over');
});

test('a few requests of many addresses are nobody else’s business', async () => {
  const { guard: subject } = guard();
  for (let i = 0; i < 200; i++) subject.check(`203.0.113.${i}`);
  await subject.flush(() => assert.fail('nothing should be told'));
});

test('a flush that fails loses nothing but the news', async () => {
  const { guard: subject } = guard();
  accepted(subject, '203.0.113.9', 100);
  await subject.flush(() => Promise.reject(new Error('lost')));
  assert.equal(accepted(subject, '203.0.113.9', 600), 400);
});
