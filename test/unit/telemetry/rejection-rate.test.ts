import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alerts } from '../../../src/config/sections/alerts.ts';
import { RejectionRate } from '../../../src/telemetry/rejection-rate.ts';

const second = 1_000;

/** A rate that is asked each second, as the process does. */
function watched() {
  const rate = new RejectionRate(alerts.parse({}).rejections);
  const actions: string[] = [];
  let now = 5_000_000;
  return {
    actions,
    /** For some seconds, so many requests in each, of which so many are rejected. */
    pass(seconds: number, requests: number, rejections: number): void {
      for (let i = 0; i < seconds; i++) {
        for (let j = 0; j < requests; j++) rate.count(1, j < rejections ? 1 : 0, now);
        now += second;
        const action = rate.evaluate(now);
        if (action) actions.push(action);
      }
    },
  };
}

test('6 % of many requests open the alert once', () => {
  const { actions, pass } = watched();
  pass(300, 100, 6);
  assert.deepEqual(actions, ['trigger']);
});

test('exactly 5 % are not more than 5 %', () => {
  const { actions, pass } = watched();
  pass(300, 100, 5);
  assert.deepEqual(actions, []);
});

test('99 requests in a minute are too few to judge, 100 are enough', () => {
  const few = watched();
  few.pass(1, 99, 99);
  few.pass(120, 0, 0);
  assert.deepEqual(few.actions, []);
  const enough = watched();
  enough.pass(1, 100, 6);
  assert.deepEqual(enough.actions, ['trigger']);
});

test('it resolves once, after two whole windows below 4 %', () => {
  const { actions, pass } = watched();
  pass(60, 100, 10);
  pass(60, 100, 0);
  assert.deepEqual(actions, ['trigger'], 'the window has only just become calm');
  pass(100, 100, 3);
  assert.deepEqual(actions, ['trigger', 'resolve']);
  pass(300, 100, 3);
  assert.deepEqual(actions, ['trigger', 'resolve']);
});

test('between 4 % and 5 % an open alert stays open and a closed one closed', () => {
  const { actions, pass } = watched();
  pass(300, 1_000, 45);
  assert.deepEqual(actions, []);
  pass(60, 1_000, 100);
  pass(600, 1_000, 45);
  assert.deepEqual(actions, ['trigger']);
});

test('a relapse within the two windows begins them anew', () => {
  const { actions, pass } = watched();
  pass(60, 100, 10);
  pass(120, 100, 0);
  pass(60, 100, 10);
  pass(150, 100, 0);
  assert.deepEqual(actions, ['trigger']);
  pass(60, 100, 0);
  assert.deepEqual(actions, ['trigger', 'resolve']);
});

test('silence is calm', () => {
  const { actions, pass } = watched();
  pass(10, 100, 100);
  pass(200, 0, 0);
  assert.deepEqual(actions, ['trigger', 'resolve']);
});
