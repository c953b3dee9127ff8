import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Audience } from '../../../src/domain/display-time.ts';
import { isDelayed, trackingOf } from '../../../src/domain/display-tracking.ts';
import { shipmentStates } from '../../../src/domain/states.ts';
import { order, shipment } from '../../support/records.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const london: Audience = { language: 'en-GB', timeZone: 'Europe/London', nowMs };
const tracked = (change: Parameters<typeof shipment>[0], audience = london) =>
  trackingOf(order({ shipments: [shipment(change)] }), audience);

test('there is no tracking before anything was handed to a carrier', () => {
  assert.equal(trackingOf(order({ shipments: [] }), london), null);
  assert.equal(trackingOf(order({ shipments: null }), london), null);
  assert.equal(tracked({ state: 'LABEL_CREATED', shippedAt: null }), null);
});

test('a parcel on its way says when it arrives, where and what to ask for', () => {
  assert.deepEqual(tracked({}), {
    headline: 'Arrives tomorrow',
    detail: 'DHL · JD0001',
    progressPercent: 50,
    etaText: 'Tomorrow',
    etaAt: '2026-11-22T17:00:00Z',
    trackingUrl: 'https://tracking.example/JD0001',
    steps: [
      { label: 'Ordered', timeText: 'Wednesday, 10:00', done: true },
      { label: 'Shipped', timeText: 'Thursday, 10:00', done: true },
      { label: 'Out for delivery', timeText: null, done: false },
      { label: 'Delivered', timeText: null, done: false },
    ],
    refreshAfterSeconds: 600,
  });
});

test('each state has its headline, and only what can still arrive has an arrival', () => {
  const headlines = Object.fromEntries(
    shipmentStates
      .filter((state) => state !== 'LABEL_CREATED')
      .map((state) => {
        const found = tracked({ state, deliveredAt: state === 'DELIVERED' ? '2026-11-20T15:00:00Z' : null });
        return [state, [found?.headline, found?.etaText !== null]];
      }),
  );
  assert.deepEqual(headlines, {
    IN_TRANSIT: ['Arrives tomorrow', true],
    OUT_FOR_DELIVERY: ['Out for delivery', true],
    DELIVERED: ['Delivered yesterday', false],
    EXCEPTION: ['Delayed', false],
    RETURNED: ['Returned to the sender', false],
    UNKNOWN: ['Arrives tomorrow', true],
  });
});

test('a day in a headline is in the language of the headline', () => {
  const headline = (language: string) => tracked({}, { ...london, language })?.headline;
  assert.equal(headline('de-DE'), 'Ankunft: morgen');
  assert.equal(headline('fr-FR'), 'Arrivée : demain');
  assert.equal(headline('ja-JP'), 'お届け予定: 明日');
  assert.equal(headline('ar-EG'), 'Arrives tomorrow');
});

test('a parcel whose day has passed is delayed, and promises no other', () => {
  const late = shipment({ estimatedDeliveryAt: '2026-11-20T17:00:00Z' });
  assert.ok(isDelayed(late, london));
  assert.deepEqual([tracked(late)?.headline, tracked(late)?.etaAt], ['Delayed', null]);
  // The hour has passed, the day has not.
  assert.ok(!isDelayed(shipment({ estimatedDeliveryAt: '2026-11-21T10:30:00Z' }), london));
  assert.ok(!isDelayed(shipment({ state: 'DELIVERED', estimatedDeliveryAt: '2026-11-01T17:00:00Z' }), london));
});

test('of several parcels the one furthest behind speaks for the order', () => {
  const parcels = [
    shipment({ id: 'a', state: 'DELIVERED', trackingNumber: 'A' }),
    shipment({ id: 'b', state: 'IN_TRANSIT', trackingNumber: 'B' }),
    shipment({ id: 'c', state: 'OUT_FOR_DELIVERY', trackingNumber: 'C' }),
    shipment({ id: 'd', state: 'LABEL_CREATED', trackingNumber: 'D' }),
  ];
  assert.equal(trackingOf(order({ shipments: parcels }), london)?.detail, 'DHL · B');
});

test('the steps of a parcel that came back end there', () => {
  const steps = tracked({ state: 'RETURNED' })?.steps ?? [];
  assert.deepEqual(
    steps.map(({ label, done }) => [label, done]),
    [
      ['Ordered', true],
      ['Shipped', true],
      ['Returned', true],
    ],
  );
});

test('what a carrier does not say is left out', () => {
  const bare = tracked({ carrier: null, trackingNumber: null, trackingUrl: null, estimatedDeliveryAt: null });
  assert.deepEqual([bare?.headline, bare?.detail, bare?.etaText, bare?.trackingUrl], ['On its way', null, null, null]);
  assert.equal(tracked({ state: 'DELIVERED', deliveredAt: null })?.headline, 'Delivered');
});
