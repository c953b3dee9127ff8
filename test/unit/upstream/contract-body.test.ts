import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorsOf, validatorFor } from '../../../src/generated/index.ts';
import { contractBody } from '../../../src/upstream/contract-body.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { createUpstreamMetrics } from '../../../src/upstream/upstream-metrics.ts';
import { getThing } from '../../support/test-upstream.ts';
import type { Route } from '../../../src/upstream/call.ts';

const refund = (id: string) => ({
  id,
  payment_id: 'pay_01',
  order_id: 'ord_01',
  customer_id: 'usr_01',
  amount: { amount: 100, currency: 'EUR' },
  status: 'succeeded',
  reason: 'other',
  failure_reason: null,
  created_at: '2026-01-01T00:00:00Z',
});

function check(shape: Partial<Route>) {
  const metrics = new Metrics();
  const route = { ...getThing, service: 'things', name: 'getThing', ...shape } as Route;
  const contracts = {
    validatorFor: (_: string, name: string) => validators[name]!,
    errorsOf: () => [{ pointer: '/tags/3/id', kind: 'type' }],
  };
  const body = contractBody(route, contracts, createUpstreamMetrics(metrics).forRoute('things', 'getThing'))!;
  return { body, exposed: () => metrics.expose() };
}

const isRow = (value: unknown): boolean => typeof value === 'object' && value !== null && 'id' in value;
const validators: Record<string, (value: unknown) => boolean> = {
  Row: isRow,
  Page: (value) => {
    const { items, more } = (value ?? {}) as { items?: unknown; more?: unknown };
    return Array.isArray(items) && items.every(isRow) && typeof more === 'boolean';
  },
};
const page = { contract: 'Page', rows: { field: 'items', schema: 'Row' } };

test('a body that fits is taken as it is', () => {
  const { body } = check(page);
  const given = { items: [{ id: 1 }], more: false };
  assert.equal(body(given)?.body, given);
});

test('broken rows are left out and counted, the rest stays', async () => {
  const { body, exposed } = check(page);
  const checked = body({ items: [{ id: 1 }, {}, null, { id: 2 }], more: true });
  assert.deepEqual(checked, { body: { items: [{ id: 1 }, { id: 2 }], more: true }, dropped: 2 });
  assert.match(await exposed(), /facet_upstream_drift_total\{[^}]*path="\/items\/\*\/tags\/\*\/id",kind="type"\} 1/);
});

test('a page that is broken beside its rows is broken as a whole', () => {
  const { body } = check(page);
  for (const broken of [{ items: [{ id: 1 }] }, { items: 'none', more: true }, [], null, 'text', 7])
    assert.equal(body(broken), undefined);
});

test('a single record has no rows to drop', async () => {
  const { body, exposed } = check({ contract: 'Row' });
  assert.equal(body({}), undefined);
  assert.match(await exposed(), /facet_upstream_drift_total/);
});

test('without a contract there is nothing to check', () => {
  const { contract: _, ...route } = getThing;
  const metrics = createUpstreamMetrics(new Metrics()).forRoute('things', 'getThing');
  assert.equal(contractBody(route as Route, { validatorFor, errorsOf }, metrics), undefined);
});

test('an unknown schema name is told at start-up', () => {
  const metrics = createUpstreamMetrics(new Metrics()).forRoute('things', 'getThing');
  assert.throws(() =>
    contractBody({ ...getThing, service: 'orders', contract: 'Nope' } as Route, { validatorFor, errorsOf }, metrics),
  );
});

test('the generated checks take a good record and refuse money that no double holds', () => {
  const fits = validatorFor('payments', 'Refund');
  assert.equal(fits(refund('ref_01')), true, JSON.stringify(errorsOf('payments', 'Refund', refund('ref_01'))));
  assert.equal(fits({ ...refund('ref_01'), amount: { amount: 2 ** 53, currency: 'EUR' } }), false);
});
