/**
 * A gateway process as far as a payment goes: connects to Redis, runs one intent against a bank over HTTP, prints the outcome.
 * Arguments: Redis URL, bank URL, client key.
 */
import { idempotency } from '../../src/config/sections/idempotency.ts';
import { redis as redisSection } from '../../src/config/sections/redis.ts';
import { Deadline } from '../../src/context/deadline.ts';
import { Idempotency } from '../../src/idempotency/idempotency.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { connectRedis } from '../../src/redis/connection.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { principalOf } from './call-context.ts';
import { waitFor } from './processes.ts';
import { silentLog } from './test-upstream.ts';

const [redisUrl = '', bankUrl = '', clientKey = ''] = process.argv.slice(2);
const metrics = new Metrics();
const redis = connectRedis(
  { ...redisSection.parse({}), url: redisUrl },
  { clock: systemClock, logger: silentLog, metrics },
);
await waitFor(() => redis.available, { what: 'Redis to be available' });
const instance = new Idempotency({
  config: idempotency.parse({ leaseMs: 500 }),
  redis,
  clock: systemClock,
  metrics: new Metrics(),
});
const outcome = await instance.run(
  {
    principal: principalOf('usr_1'),
    mutation: 'payOrder',
    clientKey,
    input: { orderId: 'ord_1' },
    deadline: new Deadline(systemClock, 8_000),
  },
  async (key) => {
    const reply = await fetch(bankUrl, { method: 'POST', headers: { 'idempotency-key': key } });
    return { definite: true, answer: await reply.json() };
  },
);
console.log(`outcome ${JSON.stringify(outcome)}`);
await redis.close();
