import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectOf } from '../../../src/upstream/services/service-events.ts';

const timestamp = '2026-11-21T12:00:00Z';

test('each event makes old what it tells of', () => {
  const order = { id: 'ord_9kT4wA', customer_id: 'usr_7Hq2mX', status: 'confirmed', version: 5 };
  const orderTags = ['order:ord_9kT4wA', 'orders-of:usr_7Hq2mX'];
  assert.deepEqual(effectOf('orders', { type: 'order.updated', timestamp, data: order })?.tags, orderTags);
  assert.deepEqual(effectOf('orders', { type: 'order.cancelled', timestamp, data: order })?.tags, orderTags);
  const payment = { id: 'pay_1a2B3c', order_id: 'ord_9kT4wA', customer_id: 'usr_7Hq2mX', status: 'succeeded' };
  const paymentTags = ['payment:pay_1a2B3c', 'payments-of:ord_9kT4wA', ...orderTags];
  for (const type of ['payment.succeeded', 'payment.failed'])
    assert.deepEqual(effectOf('payments', { type, timestamp, data: payment })?.tags, paymentTags);
  const refund = { ...payment, id: 'ref_1a2B3c', payment_id: 'pay_1a2B3c' };
  assert.deepEqual(effectOf('payments', { type: 'refund.updated', timestamp, data: refund })?.tags, paymentTags);
});

test('an account that is suspended or gone is closed, any other is open', () => {
  const account = (status: string) =>
    effectOf('users', { type: 'user.updated', timestamp, data: { id: 'usr_7Hq2mX', status, version: 3 } })?.account;
  for (const [status, closed] of [
    ['active', false],
    ['locked', false],
    ['suspended', true],
    ['deactivated', true],
  ] as const)
    assert.deepEqual(account(status), { subject: 'usr_7Hq2mX', closed, version: 3 });
});

test('an event of another service, or of the wrong shape, is none; of an unknown name it is without effect', () => {
  const event = { type: 'user.updated', timestamp, data: { id: 'usr_7Hq2mX', status: 'active', version: 3 } };
  assert.deepEqual(effectOf('orders', event), { tags: [] });
  assert.equal(effectOf('users', { ...event, data: { id: 'usr_7Hq2mX' } }), undefined);
  for (const service of ['nobody', 'constructor', '__proto__']) assert.equal(effectOf(service, event), undefined);
  for (const message of [null, undefined, 1, 'x', [], {}, { type: 7 }])
    assert.equal(effectOf('users', message), undefined);
  assert.deepEqual(effectOf('users', { type: 'constructor' }), { tags: [] });
});
