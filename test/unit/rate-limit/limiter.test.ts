import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { rateLimit } from '../../../src/config/sections/rate-limit.ts';
import { Limiter } from '../../../src/rate-limit/limiter.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function start(t: TestContext, settings: object = {}) {
  const clock = new ManualClock();
  const metrics = new Metrics();
  const logger = createLogger({ level: 'silent', base: {} });
  const limiter = new Limiter({ config: rateLimit.parse(settings), profile: 'shop', clock, logger, metrics });
  t.after(() => limiter.close());
  return { clock, metrics, limiter };
}

const request = { consumer: 'someone', tier: 'pro', operationName: undefined, cost: 1 };

test('80 000 requests in a minute with one pro key: 1 000 pass, nearly all others are refused from memory', async (t) => {
  const { clock, limiter, metrics } = start(t);
  const polite = { ...request, consumer: 'polite' };
  let [passed, asked, lostByOthers] = [0, 0, 0];
  for (let tenth = 0; tenth < 600; tenth++) {
    for (let i = 0; i < 133; i++) {
      if (limiter.knownExhausted(request.consumer, 'pro')) continue;
      asked++;
      if (!(await limiter.charge(request)).refusal) passed++;
    }
    if (limiter.knownExhausted(polite.consumer, 'pro') || (await limiter.charge(polite)).refusal) lostByOthers++;
    clock.advance(100);
  }
  assert.equal(passed, 1_000);
  assert.ok(asked <= 1_001, `${asked} were counted`);
  assert.equal(lostByOthers, 0);
  const exposed = await metrics.expose();
  assert.match(exposed, /facet_rate_limit_refusals_total\{quota="consumer",tier="pro"\} 78800/);
  assert.match(exposed, /^facet_rate_limit_accepted_total 1600$/m);
});

test('what a known exhausted consumer hears counts down, and ends when room is made', async (t) => {
  const { clock, limiter } = start(t, {
    tiers: { ...rateLimit.parse({}).tiers, pro: { requestsPerMinute: 1, costPerMinute: 9 } },
  });
  await limiter.charge(request);
  await limiter.charge(request);
  const reset = (): unknown => limiter.knownExhausted('someone', 'pro')?.details?.['reset'];
  assert.equal(reset(), 60);
  clock.advance(20_000);
  assert.equal(reset(), 40);
  clock.advance(40_000);
  assert.equal(reset(), undefined);
  assert.equal((await limiter.charge(request)).refusal, undefined);
});

test('a refund ends an exhaustion of the budget', async (t) => {
  const { limiter } = start(t, {
    tiers: { ...rateLimit.parse({}).tiers, pro: { requestsPerMinute: 100, costPerMinute: 10 } },
  });
  await limiter.charge({ ...request, cost: 10 });
  assert.equal((await limiter.charge(request)).refusal?.details?.['quota'], 'cost');
  assert.ok(limiter.knownExhausted('someone', 'pro'));
  limiter.settle({ consumer: 'someone', estimate: 10, actual: 4, base: 0 });
  await limiter.flush();
  assert.equal(limiter.knownExhausted('someone', 'pro'), undefined);
  assert.equal((await limiter.charge(request)).refusal, undefined);
});

test('an operation that costs nothing is counted as a request and takes nothing from the budget', async (t) => {
  const { limiter } = start(t);
  const { quotas } = await limiter.charge({ ...request, cost: 0 });
  assert.deepEqual(
    quotas.map(({ remaining }) => remaining),
    [999, 200_000],
  );
});
