import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { faultTable } from '../../demo/services/faults/fault-table.ts';
import { upstreams } from '../../src/config/sections/upstreams.ts';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import { errorsOf, type ServiceName, validatorFor } from '../../src/generated/index.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { createUpstream, type Upstream } from '../../src/upstream/create-upstream.ts';
import { createServices, type Services } from '../../src/upstream/services/index.ts';
import { principalOf } from '../support/call-context.ts';
import { suiteCleanup } from '../support/processes.ts';
import {
  type RunningServices,
  serviceCredentials,
  startServices,
  switchFaults,
} from '../support/reference-services.ts';
import { callContext, silentLog } from '../support/test-upstream.ts';
import { within } from '../support/within.ts';

const cleanup = suiteCleanup(after);
const names: readonly ServiceName[] = ['users', 'orders', 'payments'];
const upstreamCodes = new Set([
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_BAD_RESPONSE',
  'DEADLINE_EXCEEDED',
]);

/** Faults that leave a usable answer: of other order, with more in it, of unknown states, from a service with a wrong clock. */
const harmless = new Set([
  'deprecated',
  'clock-skew',
  'unknown-enum',
  'extra-fields',
  'duplicate-items',
  'reordered-items',
  'amounts-beyond-int32',
]);

describe('every fault of the reference services, against the services as resolvers see them', () => {
  let running: RunningServices;
  let upstream: Upstream;
  let services: Services;
  let orderIds: readonly string[];
  const customer = principalOf('usr_customer01');
  const context = () => callContext({ principal: customer, deadlineMs: 2_000 });
  const parts = { lineItems: true, shipments: true };

  /** One read of each shape: a batch by query, a page, a record, a batch by body. */
  const reads: Readonly<Record<string, (ids: readonly string[]) => Promise<unknown>>> = {
    'users.byIds': () => services.users.byIds(context(), { ids: ['usr_customer01'], addresses: true }),
    'orders.list': () => services.orders.list(context(), { customerId: 'usr_customer01', parts, limit: 5 }),
    'orders.byId': ([id = '']) => services.orders.byId(context(), id, parts),
    'payments.byOrders': (ids) => services.payments.byOrders(context(), { orderIds: ids, refunds: true }),
  };

  before(async () => {
    running = await startServices(cleanup);
    const config = Object.fromEntries(
      names.map((name) => [
        name,
        {
          instances: [{ url: running[name].url }],
          credential: serviceCredentials.gatewayToken,
          readTimeoutMs: 250,
          retry: { maxRetries: 0 },
          breaker: { minimumCalls: 100_000 },
        },
      ]),
    );
    upstream = await createUpstream({
      services: upstreams.parse(config),
      contracts: { validatorFor, errorsOf },
      metrics: new Metrics(),
      log: silentLog,
    });
    cleanup.after(() => upstream.close());
    // Only reads are asked here.
    services = createServices(upstream, () => assert.fail('no write'), new Metrics());
    const page = await services.orders.list(context(), { customerId: 'usr_customer01', parts, limit: 5 });
    orderIds = page.items.map(({ record }) => record.id);
    assert.ok(orderIds.length > 0);
  });

  beforeEach(() => Promise.all(names.map((name) => switchFaults(running[name], []))));

  const faults = [...faultTable.values()].filter((fault) => !fault.isFlag && fault.name !== 'crash');
  for (const { name } of faults) {
    test(`${name}: each read is answered or fails with a code, in time, and works again after`, async () => {
      await Promise.all(names.map((service) => switchFaults(running[service], [{ fault: name }])));
      for (const [read, ask] of Object.entries(reads)) {
        const startedAt = performance.now();
        const outcome = await ask(orderIds).catch((error: unknown) => error);
        assert.ok(performance.now() - startedAt < within(1_000), `${read} took too long`);
        const errors = [outcome].flat().filter((part) => part instanceof Error);
        for (const error of errors) {
          assert.ok(error instanceof GatewayError, `${read}: ${String((error as Error).stack)}`);
          assert.ok(upstreamCodes.has(error.code), `${read}: ${error.code}`);
        }
        if (harmless.has(name)) assert.deepEqual(errors, [], `${read} should have been answered`);
      }
      await Promise.all(names.map((service) => switchFaults(running[service], [])));
      for (const [read, ask] of Object.entries(reads)) {
        const outcome = await ask(orderIds);
        assert.equal(
          [outcome].flat().some((part) => part instanceof Error || part === null),
          false,
          `${read} heals`,
        );
      }
    });
  }

  test('the faults that should be harmless exist', () => {
    assert.deepEqual(
      [...harmless].filter((name) => !faultTable.has(name)),
      [],
    );
  });

  test('nothing that they sent has reached a prototype', () => {
    assert.equal(({} as Record<string, unknown>)['isPolluted'], undefined);
  });
});
