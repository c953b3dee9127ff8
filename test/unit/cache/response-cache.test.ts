import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpCacheControl } from '../../../src/cache/http-cache-control.ts';
import { InvalidationLog } from '../../../src/cache/invalidation-log.ts';
import { type FinishedAnswer, ResponseCache } from '../../../src/cache/response-cache.ts';
import { responseKey, type ResponseKeyParts } from '../../../src/cache/response-key.ts';
import type { Reuse } from '../../../src/context/freshness.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { principalOf } from '../../support/call-context.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const reuse = (change: Partial<Reuse> = {}): Reuse => ({
  maxAgeSeconds: 30,
  scope: 'private',
  tags: new Set(['order:1']),
  ...change,
});

const answerOf = (text: string, change: Partial<FinishedAnswer> = {}): FinishedAnswer => ({
  body: Buffer.from(text),
  whole: true,
  reuse: reuse(),
  ...change,
});

const limits = { maxAgeSeconds: Infinity, remainingMs: 5_000 };

function setUp(maxAgeSeconds = 600) {
  const clock = new ManualClock();
  const invalidations = new InvalidationLog();
  const cache = new ResponseCache({ maxBytes: 1_000_000, maxAgeSeconds, invalidations, clock, metrics: new Metrics() });
  let runs = 0;
  const execute = (answer: FinishedAnswer = answerOf('data')) => {
    runs++;
    return Promise.resolve(answer);
  };
  return { clock, invalidations, cache, execute, runs: () => runs };
}

test('an equal request within the shortest life of its parts gets the very same bytes', async () => {
  const { cache, clock, execute, runs } = setUp();
  const first = await cache.run('key', limits, execute);
  clock.advance(12_400);
  const second = await cache.run('key', limits, execute);
  assert.equal(second.answer.body, first.answer.body);
  assert.deepEqual([first.source, second.source], ['ran', 'hit']);
  assert.deepEqual([first.maxAgeSeconds, second.maxAgeSeconds], [30, 17]);
  clock.advance(17_600);
  assert.equal((await cache.run('key', limits, execute)).source, 'ran');
  assert.equal(runs(), 2);
});

test('an operation with relative times is kept for its own bound, and everything for the configured one', async () => {
  const { cache, clock, execute } = setUp(20);
  assert.equal((await cache.run('a', { ...limits, maxAgeSeconds: 10 }, execute)).maxAgeSeconds, 10);
  assert.equal((await cache.run('b', limits, execute)).maxAgeSeconds, 20);
  clock.advance(10_000);
  assert.equal((await cache.run('a', limits, execute)).source, 'ran');
  assert.equal((await cache.run('b', limits, execute)).source, 'hit');
});

test('partial answers and answers with a part that must not be kept are not kept', async () => {
  const { cache, execute, runs } = setUp();
  for (const answer of [answerOf('x', { whole: false }), answerOf('x', { reuse: reuse({ maxAgeSeconds: 0 }) })]) {
    const { maxAgeSeconds } = await cache.run('key', limits, () => execute(answer));
    assert.equal(maxAgeSeconds, 0);
  }
  assert.equal(runs(), 2);
});

test('equal requests at once are one execution', async () => {
  const { cache, execute, runs } = setUp();
  const gate = Promise.withResolvers<void>();
  const slow = async () => {
    await gate.promise;
    return execute();
  };
  const given = [1, 2, 3].map(() => cache.run('key', limits, slow));
  gate.resolve();
  const answers = await Promise.all(given);
  assert.deepEqual(
    answers.map(({ source }) => source),
    ['ran', 'joined', 'joined'],
  );
  assert.equal(runs(), 1);
});

test('who joined an execution that ends partial or throws executes for itself', async () => {
  const { cache, execute } = setUp();
  for (const bad of [
    () => execute(answerOf('partial', { whole: false })),
    () => Promise.reject(new Error('aborted')),
  ]) {
    const leader = cache.run('key', limits, bad).catch(() => undefined);
    const joiner = await cache.run('key', limits, () =>
      execute(answerOf('own', { reuse: reuse({ maxAgeSeconds: 0 }) })),
    );
    await leader;
    assert.equal(joiner.source, 'ran');
    assert.equal(joiner.answer.body.toString(), 'own');
  }
});

test('who joined leaves in time to fail in its own way', async () => {
  const { cache, execute } = setUp();
  const gate = Promise.withResolvers<FinishedAnswer>();
  const leader = cache.run('key', limits, () => gate.promise);
  const joiner = await cache.run('key', { ...limits, remainingMs: 20 }, execute);
  assert.equal(joiner.source, 'ran');
  gate.resolve(answerOf('late'));
  await leader;
});

test('an invalidated part makes the answer old, also one that was under way', async () => {
  const { cache, invalidations, execute, runs } = setUp();
  await cache.run('key', limits, execute);
  invalidations.note(['order:2']);
  assert.equal((await cache.run('key', limits, execute)).source, 'hit');
  invalidations.note(['order:1']);
  await cache.run('key', limits, () => {
    invalidations.note(['order:1']);
    return execute();
  });
  assert.equal((await cache.run('key', limits, execute)).source, 'ran');
  assert.equal(runs(), 3);
});

test('who asks after an invalidation does not get an answer that was begun before it', async () => {
  const { cache, invalidations, execute } = setUp();
  const gate = Promise.withResolvers<FinishedAnswer>();
  const leader = cache.run('key', limits, () => gate.promise);
  invalidations.note(['order:1']);
  const joiner = cache.run('key', limits, () => execute(answerOf('new')));
  gate.resolve(answerOf('old'));
  await leader;
  assert.equal((await joiner).answer.body.toString(), 'new');
});

test('answers are bounded by bytes', async () => {
  const { cache, execute } = setUp();
  for (let index = 0; index < 100; index++)
    await cache.run(`key ${index}`, limits, () => execute(answerOf('x'.repeat(50_000))));
  assert.ok(cache.bytes <= 1_000_000 && cache.bytes > 500_000);
});

const parts: ResponseKeyParts = {
  schemaHash: 'schema',
  documentId: 'document',
  operationName: 'Home',
  variables: { a: 1, b: { c: [1, 2], d: null } },
  principal: principalOf('usr_1'),
  locale: { language: 'de', timeZone: 'Europe/Berlin' },
  form: ['app', '1.0'],
};

test('the order of variables’ members does not matter to the key', () => {
  assert.equal(responseKey({ ...parts, variables: { b: { d: null, c: [1, 2] }, a: 1 } }), responseKey(parts));
});

test('a key is short whatever the variables are', () => {
  assert.ok(responseKey({ ...parts, variables: { long: 'x'.repeat(200_000) } }).length < 500);
});

test('everything an answer depends on makes another key', () => {
  const others: Partial<ResponseKeyParts>[] = [
    { schemaHash: 'other' },
    { documentId: 'other' },
    { operationName: 'Other' },
    { operationName: undefined },
    { variables: { a: 1, b: { c: [2, 1], d: null } } },
    { variables: { a: '1', b: { c: [1, 2], d: null } } },
    { variables: { a: 1, b: { c: [1, 2] } } },
    { variables: undefined },
    { principal: principalOf('usr_2') },
    { principal: principalOf('usr_1', { issuer: 'https://other.test' }) },
    { principal: principalOf('usr_1', { role: 'support' }) },
    { principal: principalOf('usr_1', { scopes: new Set(['a']) }) },
    { principal: principalOf('usr_1', { tier: 'pro' }) },
    { locale: { language: 'en', timeZone: 'Europe/Berlin' } },
    { locale: { language: 'de', timeZone: 'UTC' } },
    { locale: { language: 'de', textLanguage: 'fr', timeZone: 'Europe/Berlin' } },
    { form: ['app', '1.1'] },
    { form: ['app1', '.0'] },
    { form: ['app"', '"1.0'] },
    { form: ['app', '1.0', 'Home'], operationName: undefined },
    { form: ['app'], operationName: '1.0' },
    { operationName: 'null' },
    { operationName: 'Home"{}' },
    { variables: { long: `${'x'.repeat(2_000)}a` } },
    { variables: { long: `${'x'.repeat(2_000)}b` } },
    { schemaHash: 'schemad', documentId: 'ocument' },
  ];
  const keys = new Set([parts, ...others.map((change) => ({ ...parts, ...change }))].map((each) => responseKey(each)));
  assert.equal(keys.size, others.length + 1);
});

test('Cache-Control is the strictest of the parts', () => {
  const facts = { reuse: reuse({ scope: 'public' }), maxAgeSeconds: 20, whole: true, reading: true, credential: false };
  assert.equal(httpCacheControl(facts), 'public, max-age=20');
  assert.equal(httpCacheControl({ ...facts, maxAgeSeconds: 90 }), 'public, max-age=30');
  assert.equal(httpCacheControl({ ...facts, credential: true }), 'private, max-age=20');
  assert.equal(httpCacheControl({ ...facts, reuse: reuse() }), 'private, max-age=20');
  assert.equal(httpCacheControl({ ...facts, whole: false }), 'no-store');
  assert.equal(httpCacheControl({ ...facts, reading: false }), 'no-store');
  assert.equal(httpCacheControl({ ...facts, maxAgeSeconds: 0.9 }), 'no-store');
});
