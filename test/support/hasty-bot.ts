import { mintApiKey } from '../../src/auth/api-key.ts';
import { ApiKeyStore } from '../../src/auth/api-key-store.ts';
import { Asker } from './ask.ts';
import { type RunningGateway, startGateway } from './gateway.ts';
import { type Cleanup, waitFor } from './processes.ts';
import { connectTestRedis } from './redis-client.ts';
import { startRedis } from './redis.ts';
import { serviceCredentials, startServices } from './reference-services.ts';

export interface BotRun {
  /** Requests of the bot that were answered, by status. */
  readonly bot: Readonly<Record<number, number>>;
  /** The same of the other consumer. */
  readonly other: Readonly<Record<number, number>>;
  /** Calls that the services got from the gateways in that time. */
  readonly serviceCalls: number;
}

/** Every request is one call to a service: each asks for another order, so that none can share an answer. */
const oneCall = 'query Order($id: ID!) { order(id: $id) { id } }';
const orderId = (n: number): string => `ord_${String(n).padStart(12, '0')}`;
/** Enough addresses that the burst guard has no reason to speak: the consumer's limit does the work. */
const addresses = Array.from({ length: 32 }, (_, index) => `127.0.9.${index + 1}`);
const otherPerSecond = 10;

/** One bot with one pro key at 80 000 requests a minute, and another consumer at its ease, through two processes with one Redis. */
export async function runHastyBot(cleanup: Cleanup, seconds: number): Promise<BotRun> {
  let serviceCalls = 0;
  const services = await startServices(cleanup, {
    writeLog: (line) => {
      if (line.includes('"msg":"request"')) serviceCalls++;
    },
  });
  const redis = await startRedis(cleanup);
  const upstreams = Object.fromEntries(
    Object.entries(services).map(([name, { port }]) => [
      name,
      { instances: [{ url: `http://127.0.0.1:${port}` }], credential: serviceCredentials.gatewayToken },
    ]),
  );
  const config = { redis: { url: redis.url, commandTimeoutMs: 1_000 }, upstreams };
  const gateways = await Promise.all([1, 2].map(() => startGateway(cleanup, 'web', config)));
  const { client } = await connectTestRedis(cleanup, redis.url, { commandTimeoutMs: 1_000 });
  const newKey = async (): Promise<Record<string, string>> => {
    const { id, text, hash } = mintApiKey();
    const times = { createdAt: Date.now(), expiresAt: Date.now() + 600_000, revokedAt: undefined };
    const record = { id, hash, consumer: 'x', role: 'support', tier: 'pro', scopes: [], bffs: [], ...times } as const;
    await new ApiKeyStore(client).create(record);
    return { 'x-api-key': text };
  };
  const askers = (headers: Record<string, string>, from: readonly string[]): Asker[] =>
    gateways.flatMap(({ url }: RunningGateway) => from.map((address) => new Asker(cleanup, url, headers, address)));
  const bot = askers(await newKey(), addresses);
  const other = askers(await newKey(), ['127.0.10.1']);
  // Both processes know the document before the clock runs.
  await Promise.all(other.map((asker) => asker.ask(oneCall, {}, { id: orderId(0) })));
  serviceCalls = 0;
  const [botRun, otherRun] = await Promise.all([pace(bot, 80_000 / 60, seconds), pace(other, otherPerSecond, seconds)]);
  return { bot: botRun, other: otherRun, serviceCalls };
}

/** Asks at a steady pace, whatever the answers take, each asker in turn. */
async function pace(askers: readonly Asker[], perSecond: number, seconds: number): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  const pending = new Set<Promise<void>>();
  const startedAt = performance.now();
  let sent = 0;
  await waitFor(
    () => {
      const elapsed = Math.min(seconds, (performance.now() - startedAt) / 1000);
      for (const due = Math.floor(elapsed * perSecond); sent < due; sent++) {
        const reply = askers[sent % askers.length]?.ask(oneCall, {}, { id: orderId(sent) }).then(({ status }) => {
          statuses[status] = (statuses[status] ?? 0) + 1;
        });
        if (!reply) continue;
        pending.add(reply);
        void reply.finally(() => pending.delete(reply));
      }
      return elapsed === seconds && sent >= Math.floor(seconds * perSecond);
    },
    { what: 'all requests to be sent', timeoutMs: seconds * 1000 + 10_000 },
  );
  await Promise.all(pending);
  return statuses;
}
