import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryBudget } from '../../../src/resilience/retry-budget.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const withdrawals = (budget: RetryBudget, wanted: number): number =>
  Array.from({ length: wanted }, () => budget.tryWithdraw()).filter(Boolean).length;

test('a quiet service can be retried three times a second', () => {
  const clock = new ManualClock();
  const budget = new RetryBudget({ ratio: 0.2, perSecond: 3 }, clock);
  assert.equal(withdrawals(budget, 10), 3);
  assert.equal(budget.left, 0);
  clock.advance(1_000);
  assert.equal(budget.left, 3);
  assert.equal(withdrawals(budget, 10), 3);
  clock.advance(100_000);
  assert.equal(withdrawals(budget, 10), 3);
});

test('each call earns its share, however long the run', () => {
  const clock = new ManualClock();
  const budget = new RetryBudget({ ratio: 0.2, perSecond: 0 }, clock);
  let retries = 0;
  for (let call = 0; call < 10_000; call++) {
    budget.deposit();
    if (budget.tryWithdraw()) retries++;
  }
  assert.ok(retries >= 1_990 && retries <= 2_000, `${retries}`);
});

test('what a long calm earned is no storm', () => {
  const budget = new RetryBudget({ ratio: 0.2, perSecond: 0 }, new ManualClock());
  for (let call = 0; call < 100_000; call++) budget.deposit();
  assert.equal(withdrawals(budget, 100), 10);
});
