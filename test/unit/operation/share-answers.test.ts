import assert from 'node:assert/strict';
import { buildSchema, type ExecutionResult } from 'graphql';
import { test } from 'node:test';
import { InvalidationLog } from '../../../src/cache/invalidation-log.ts';
import { ResponseCache } from '../../../src/cache/response-cache.ts';
import { unknownClient } from '../../../src/context/client.ts';
import type { ChargedOperation } from '../../../src/operation/pipeline.ts';
import { createAnswerSharing } from '../../../src/operation/share-answers.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { callContextOf, principalOf } from '../../support/call-context.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function setUp() {
  const clock = new ManualClock();
  const invalidations = new InvalidationLog();
  const answers = new ResponseCache({
    maxBytes: 1_000_000,
    maxAgeSeconds: 60,
    invalidations,
    clock,
    metrics: new Metrics(),
  });
  const share = createAnswerSharing(answers, buildSchema('type Query { a: Int }'), clock);
  let runs = 0;
  /** What execution leaves behind: a record of 20 s, seen of another. */
  const execute = ({ report }: ChargedOperation): ExecutionResult => {
    runs++;
    report.reuse.maxAgeSeconds = 20;
    report.reuse.scope = 'private';
    report.reuse.tags.add('order:1');
    report.accessed.add('usr_seen');
    return { data: { a: runs } };
  };
  const contextOf = (change: Record<string, unknown> = {}, kind = 'query', maxAgeSeconds = 30): ChargedOperation =>
    ({
      ...callContextOf(principalOf('usr_1'), {}, clock),
      prepared: {
        kind,
        documentId: 'sha256:x',
        cachePolicy: { maxAgeSeconds, gatewaySeconds: maxAgeSeconds, scope: 'private' },
      },
      params: { operationName: 'A', variables: { first: 1 } },
      locale: { language: 'en', timeZone: 'UTC' },
      ...change,
    }) as unknown as ChargedOperation;
  return { clock, invalidations, share, execute, contextOf, runs: () => runs };
}

test('an equal query is given the kept bytes, with what they allow and whom they show', async () => {
  const { clock, share, execute, contextOf, runs } = setUp();
  const first = contextOf();
  const result = await share(first, execute);
  clock.advance(5_000);
  const second = contextOf();
  assert.deepEqual((await share(second, execute)).data, result.data);
  assert.equal(second.finishedBody, first.finishedBody);
  assert.equal(Buffer.from(first.finishedBody ?? []).toString(), '{"data":{"a":1}}');
  assert.equal(second.report.reuse.maxAgeSeconds, 15);
  assert.equal(second.report.reuse.scope, 'private');
  assert.deepEqual([...second.report.accessed], ['usr_seen'], 'an access is audited each time');
  assert.equal(runs(), 1);
});

test('a partial, stale or refused answer has no finished bytes and is not given again', async () => {
  const { share, execute, contextOf, runs } = setUp();
  const spoiled = [
    (context: ChargedOperation) => ({ ...execute(context), errors: [new Error('x')] }) as unknown as ExecutionResult,
    (context: ChargedOperation) => {
      context.report.stale.push({ service: 'users', ageSeconds: 9, reason: 'upstream_error' });
      return execute(context);
    },
    (context: ChargedOperation) => {
      context.report.dropped.push({ service: 'users', route: 'x', count: 1 });
      return execute(context);
    },
    () => ({ errors: [] }) as ExecutionResult,
  ];
  for (const spoil of spoiled) {
    const context = contextOf();
    await share(context, spoil);
    assert.equal(context.finishedBody, undefined);
  }
  await share(contextOf(), execute);
  assert.equal(runs(), 4);
});

test('mutations go straight through, and what the schema forbids to keep is not kept', async () => {
  const { share, execute, contextOf, runs } = setUp();
  for (let turn = 0; turn < 2; turn++) {
    await share(contextOf({}, 'mutation'), execute);
    await share(contextOf({}, 'query', 0), execute);
  }
  assert.equal(runs(), 4);
});

test('what was written makes the answer old', async () => {
  const { share, execute, contextOf, runs, invalidations } = setUp();
  await share(contextOf(), execute);
  invalidations.note(['order:1']);
  await share(contextOf(), execute);
  assert.equal(runs(), 2);
});

test('another caller, build, language or state of the account is another answer', async () => {
  const { share, execute, contextOf, runs } = setUp();
  const changes = [
    {},
    { principal: principalOf('usr_2') },
    { principal: principalOf('usr_1', { accountStatus: 'suspended' }) },
    { client: { ...unknownClient, version: '2.0.0' } },
    { locale: { language: 'de', timeZone: 'UTC' } },
    { params: { operationName: 'A', variables: { first: 2 } } },
  ];
  for (const change of [...changes, ...changes]) await share(contextOf(change), execute);
  assert.equal(runs(), changes.length);
});
