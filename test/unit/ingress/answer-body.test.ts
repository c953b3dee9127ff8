import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerReport, newAnswerReport, type StaleReply } from '../../../src/context/call-context.ts';
import { answerBody, completenessOf } from '../../../src/ingress/answer-body.ts';
import type { Answer } from '../../../src/operation/pipeline.ts';

const answer = (given: Partial<Answer> = {}): Answer => ({
  data: { a: 1 } as unknown as Answer['data'],
  errors: undefined,
  refusal: undefined,
  ...given,
});

function report(stale: readonly StaleReply[] = [], dropped: AnswerReport['dropped'] = []): AnswerReport {
  const made = newAnswerReport();
  made.stale.push(...stale);
  made.dropped.push(...dropped);
  return made;
}

const old = (ageSeconds: number, reason: StaleReply['reason'] = 'upstream_error', service = 'users'): StaleReply => ({
  service,
  ageSeconds,
  reason,
});

test('a whole answer is its data and nothing else', () => {
  assert.equal(answerBody(answer(), report()), '{"data":{"a":1}}');
  assert.equal(completenessOf(answer(), report()), 'complete');
});

test('errors come first; an empty list of them is left out', () => {
  const errors = [{ message: 'x' }];
  assert.equal(answerBody(answer({ errors }), report()), '{"errors":[{"message":"x"}],"data":{"a":1}}');
  assert.equal(answerBody(answer({ errors: [] }), report()), '{"data":{"a":1}}');
});

test('a refused request has no data, not even null', () => {
  const errors = [{ message: 'x' }];
  assert.equal(answerBody(answer({ data: undefined, errors }), report()), '{"errors":[{"message":"x"}]}');
});

test('stale parts are named once for each service and reason, by their oldest reply', () => {
  const stale = [old(3), old(9), old(1, 'revalidating'), old(4, 'breaker_open', 'orders')];
  const { extensions } = JSON.parse(answerBody(answer(), report(stale)));
  assert.deepEqual(extensions, {
    freshness: {
      stale: [
        { service: 'users', ageSeconds: 9, reason: 'upstream_error' },
        { service: 'users', ageSeconds: 1, reason: 'revalidating' },
        { service: 'orders', ageSeconds: 4, reason: 'breaker_open' },
      ],
    },
  });
});

test('left-out rows are counted by service and route, beside other extensions', () => {
  const row = { service: 'orders', route: 'listOrders', count: 2 };
  const dropped = [row, row, { ...row, route: 'getOrder', count: 1 }];
  const { extensions } = JSON.parse(answerBody(answer({ extensions: { cost: { estimate: 1 } } }), report([], dropped)));
  assert.deepEqual(extensions, {
    cost: { estimate: 1 },
    dropped: [
      { ...row, count: 4 },
      { ...row, route: 'getOrder', count: 1 },
    ],
  });
});

test('an error or a left-out row makes it partial, and that counts for more than being old', () => {
  const dropped = [{ service: 'orders', route: 'listOrders', count: 1 }];
  assert.equal(completenessOf(answer({ errors: [{ message: 'x' }] }), report()), 'partial');
  assert.equal(completenessOf(answer(), report([], dropped)), 'partial');
  assert.equal(completenessOf(answer(), report([old(1)])), 'stale');
  assert.equal(completenessOf(answer({ errors: [{ message: 'x' }] }), report([old(1)])), 'partial');
});
