import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { faultTable } from '../../demo/services/faults/fault-table.ts';
import type { RunningService } from '../../demo/services/kit/service.ts';
import { identities } from '../../demo/services/seed/identities.ts';
import { errorsOf } from '../../src/generated/index.ts';
import { contractClient, demoOrderNumber } from '../support/contract-client.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { rawGet, type RawAnswer } from '../support/raw-http.ts';
import {
  controlService,
  type FaultInput,
  serviceCredentials,
  startServiceAlone,
  switchFaults,
} from '../support/reference-services.ts';

const identityHeaders = { authorization: `Bearer ${serviceCredentials.gatewayToken}`, 'x-user-role': 'support' };
const person = `/v1/users/${identities.customer.id}?include=addresses`;
const people = `/v1/users?ids=${Object.values(identities)
  .map(({ id }) => id)
  .join()}`;

/** Where each fault is looked at, with which parameters, and what must be seen. */
interface Sight {
  readonly path?: string;
  readonly parameters?: FaultInput['parameters'];
  readonly quietMs?: number;
  see(answer: RawAnswer, plain: RawAnswer): void;
}

const statusIs = (status: number) => (answer: RawAnswer) => {
  assert.equal(answer.status, status);
  assert.deepEqual(errorsOf('users', 'Problem', JSON.parse(answer.body)), []);
};
const itemsOf = ({ body }: RawAnswer): { id: string }[] => JSON.parse(body).items;
const idsOf = (answer: RawAnswer): string[] => itemsOf(answer).map(({ id }) => id);
const bodyIs = (body: string) => (answer: RawAnswer) => {
  assert.deepEqual([answer.status, answer.body], [200, body]);
  assert.match(answer.text, /content-type: application\/json/i);
};
const breaks = (schema: string) => (answer: RawAnswer) => {
  assert.equal(answer.status, 200);
  assert.equal(errorsOf('users', schema, JSON.parse(answer.body)).length, 1);
};
const declaredLength = ({ text }: RawAnswer): number => Number(/content-length: (\d+)/i.exec(text)?.[1]);

const sights: Record<string, Sight> = {
  latency: {
    parameters: { delay_ms: 60 },
    see: ({ firstByteMs }) => assert.ok(firstByteMs >= 55, String(firstByteMs)),
  },
  'long-tail': {
    parameters: { delay_ms: 0, tail_ms: 70, tail_share: 1 },
    see: ({ firstByteMs }) => assert.ok(firstByteMs >= 65, String(firstByteMs)),
  },
  'late-answer': {
    parameters: { delay_ms: 60 },
    see: ({ firstByteMs, status }) => assert.ok(status === 200 && firstByteMs >= 55, String(firstByteMs)),
  },
  hang: { see: ({ ending, text }) => assert.deepEqual([ending, text], ['quiet', '']) },
  'status-500': { see: statusIs(500) },
  'status-502': { see: statusIs(502) },
  'status-503': {
    see(answer) {
      statusIs(503)(answer);
      assert.match(answer.text, /retry-after: 1\r\n/i);
    },
  },
  'status-504': { see: statusIs(504) },
  'rate-limited': {
    see(answer) {
      statusIs(429)(answer);
      assert.match(answer.text, /ratelimit-policy: "default";q=100;w=10\r\n/i);
      assert.match(answer.text, /ratelimit: "default";r=0;t=3\r\n/i);
      assert.match(answer.text, /retry-after: 3\r\n/i);
    },
  },
  'credential-refused': { see: statusIs(401) },
  'idempotency-in-progress': { see: statusIs(409) },
  'idempotency-reused': { see: statusIs(422) },
  'not-modified': { see: ({ status, body }) => assert.deepEqual([status, body], [304, '']) },
  'redirect-loop': {
    see({ status, text }) {
      assert.equal(status, 302);
      assert.match(text, new RegExp(`location: ${person.split('?')[0]}\r\n`, 'i'));
    },
  },
  'wrong-content-type': { see: ({ text }) => assert.match(text, /content-type: text\/plain\r\n/i) },
  'html-error-page': { see: ({ status, body }) => assert.ok(status === 502 && body.startsWith('<!doctype html>')) },
  'truncated-json': {
    see(answer, plain) {
      assert.equal(answer.body, plain.body.slice(0, plain.body.length >> 1));
      assert.equal(declaredLength(answer), answer.body.length);
    },
  },
  'malformed-json': { see: bodyIs('{"id": oops}') },
  'empty-body': { see: bodyIs('') },
  'null-body': { see: bodyIs('null') },
  'array-body': { see: bodyIs('[]') },
  'number-overflow': { see: ({ body }) => assert.equal(JSON.parse(body).amount, Number.POSITIVE_INFINITY) },
  'proto-member': { see: ({ body }) => assert.match(body, /"__proto__"/) },
  'no-content': { see: ({ status, body }) => assert.deepEqual([status, body], [204, '']) },
  'deep-json': { parameters: { depth: 500 }, see: ({ body }) => assert.ok(body.startsWith('{"a":'.repeat(500))) },
  'oversized-body': {
    parameters: { bytes: 200_000 },
    see(answer, plain) {
      assert.equal(answer.body.length, 200_000);
      assert.deepEqual(JSON.parse(answer.body), JSON.parse(plain.body));
    },
  },
  'gzip-bomb': {
    parameters: { decoded_bytes: 500_000 },
    see({ body, text }) {
      assert.match(text, /content-encoding: gzip\r\n/i);
      assert.ok(body.length < 5_000);
      assert.equal(gunzipSync(Buffer.from(body, 'latin1')).length, 500_000);
    },
  },
  'missing-field': { see: breaks('User') },
  'null-field': { see: breaks('User') },
  'unknown-enum': {
    see({ body }) {
      assert.equal(JSON.parse(body).status, 'quantum_superposed');
      assert.deepEqual(errorsOf('users', 'User', JSON.parse(body)), []);
    },
  },
  'extra-fields': { see: ({ body }) => assert.equal(JSON.parse(body).loyalty_score, 42) },
  'duplicate-items': {
    path: people,
    see: (answer, plain) => assert.deepEqual(idsOf(answer), [idsOf(plain)[0], ...idsOf(plain)]),
  },
  'reordered-items': {
    path: people,
    see: (answer, plain) => assert.deepEqual(idsOf(answer), idsOf(plain).toReversed()),
  },
  'missing-items': { path: people, see: (answer) => assert.equal(idsOf(answer).length, 2) },
  'oversized-list': {
    path: people,
    parameters: { count: 300 },
    see: (answer) => assert.equal(idsOf(answer).length, 300),
  },
  'previous-contract': {
    see(answer, plain) {
      assert.ok('last_login_at' in JSON.parse(plain.body));
      assert.ok(!('last_login_at' in JSON.parse(answer.body)));
      assert.deepEqual(errorsOf('users', 'User', JSON.parse(answer.body)), []);
    },
  },
  'duplicate-header': { see: ({ text }) => assert.equal(text.match(/^etag:/gim)?.length, 2) },
  deprecated: { see: ({ text }) => assert.match(text, /deprecation: @\d+\r\nsunset: [A-Z][a-z]{2}, /i) },
  'clock-skew': {
    see({ text }) {
      const toldMs = Date.parse(/^date: (.*)\r$/im.exec(text)![1]!);
      assert.ok(Math.abs(toldMs - Date.now() - 7_200_000) < 60_000);
      assert.equal(text.match(/^date:/gim)?.length, 1);
    },
  },
  'many-headers': { see: ({ text }) => assert.equal(text.match(/^x-fault-\d+:/gim)?.length, 300) },
  'encoding-chain': { see: ({ text }) => assert.equal(text.match(/\bgzip\b/g)?.length, 500) },
  'slow-drip': {
    parameters: { interval_ms: 40, chunk_bytes: 200 },
    see(answer, plain) {
      // Whole, though in drops; the record itself may have changed since.
      assert.equal((JSON.parse(answer.body) as { id: string }).id, (JSON.parse(plain.body) as { id: string }).id);
      assert.ok(answer.body.length > 600);
    },
  },
  'reset-before-answer': { see: ({ ending, text }) => assert.deepEqual([ending, text], ['reset', '']) },
  'reset-mid-body': {
    see(answer, plain) {
      assert.equal(answer.ending, 'reset');
      assert.equal(declaredLength(answer), plain.body.length);
      assert.ok(answer.body.length < plain.body.length);
    },
  },
  'content-length-too-long': {
    see(answer, plain) {
      assert.deepEqual([answer.ending, answer.body], ['end', plain.body]);
      assert.equal(declaredLength(answer), plain.body.length + 100);
    },
  },
  'content-length-too-short': {
    see(answer, plain) {
      assert.equal(answer.body, plain.body);
      assert.equal(declaredLength(answer), plain.body.length >> 1);
    },
  },
  'extra-response': { see: ({ text }) => assert.equal(text.match(/HTTP\/1\.1 200/g)?.length, 2) },
  'informational-flood': {
    parameters: { count: 50 },
    see(answer, plain) {
      assert.equal(answer.text.match(/^HTTP\/1\.1 103/gm)?.length, 50);
      assert.ok(answer.text.endsWith(plain.body));
    },
  },
};

/** Seen below, in payment-service.test.ts (a refund that fails) and in service-processes.test.ts (a crash). */
const seenElsewhere = ['amounts-beyond-int32', 'amounts-beyond-2-53', 'refund-fails', 'crash'];

describe('faults', () => {
  const cleanup = suiteCleanup(after);
  let service: RunningService;
  before(async () => {
    service = await startServiceAlone(cleanup, 'users');
  });
  const read = (path: string, quietMs?: number) => rawGet(`${service.url}${path}`, identityHeaders, quietMs);
  const faultState = async (): Promise<{ rules: { fault: string; active: number }[]; known: unknown[] }> =>
    (await (await controlService(service, 'GET', '/__faults')).json()) as Awaited<ReturnType<typeof faultState>>;
  const controlStatus = async (method: string, path: string, body?: unknown): Promise<number> =>
    (await controlService(service, method, path, body)).status;

  test('each one is looked at', () => {
    assert.deepEqual([...Object.keys(sights), ...seenElsewhere].toSorted(), [...faultTable.keys()].toSorted());
  });

  for (const [fault, { path = person, parameters, quietMs, see }] of Object.entries(sights)) {
    test(`${fault} is seen on the wire, and gone when it is switched off`, async () => {
      const plain = await read(path);
      assert.equal(plain.status, 200);
      await switchFaults(service, [{ fault, ...(parameters && { parameters }) }]);
      const answer = await read(path, quietMs);
      await switchFaults(service, []);
      see(answer, plain);
      assert.equal((await read(path)).body, plain.body);
    });
  }

  for (const [style, pattern] of [
    ['three-headers', /ratelimit-limit: 100\r\nratelimit-remaining: 0\r\nratelimit-reset: 3\r\n/i],
    ['vendor', /x-amzn-ratelimit-limit: 100\r\n/i],
    ['retry-after', /retry-after: 3\r\n/i],
    ['http-date', /retry-after: [A-Z][a-z]{2}, \d\d /i],
  ] as const) {
    test(`rate-limited speaks ${style}`, async () => {
      await switchFaults(service, [{ fault: 'rate-limited', parameters: { style } }]);
      assert.match((await read(person)).text, pattern);
      await switchFaults(service, []);
    });
  }

  describe('strike', () => {
    test('one operation, by its id or by method and path, and no other', async () => {
      for (const operation of ['getUser', 'GET /v1/users/{id}']) {
        await switchFaults(service, [{ fault: 'status-500', operation }]);
        assert.deepEqual([(await read(person)).status, (await read(people)).status], [500, 200]);
      }
    });

    test('every operation but health', async () => {
      await switchFaults(service, [{ fault: 'status-500' }]);
      assert.deepEqual([(await read(people)).status, (await read('/readyz')).status], [500, 200]);
      await switchFaults(service, [{ fault: 'status-500', operation: 'getReadiness' }]);
      assert.equal((await read('/readyz')).status, 500);
    });

    test('after some, for a number of requests, or for a share of them that is the same each time', async () => {
      const statuses = async (count: number): Promise<number[]> => {
        const seen: number[] = [];
        for (let index = 0; index < count; index += 1) seen.push((await read(people)).status);
        return seen;
      };
      await switchFaults(service, [{ fault: 'status-502', skip: 1, count: 2 }]);
      assert.deepEqual(await statuses(5), [200, 502, 502, 200, 200]);
      const half: FaultInput = { fault: 'status-502', probability: 0.5 };
      await switchFaults(service, [half]);
      const first = await statuses(20);
      await switchFaults(service, [half]);
      assert.deepEqual(await statuses(20), first);
      assert.ok(first.includes(200) && first.includes(502));
    });

    test('together: a late answer that is also broken', async () => {
      await switchFaults(service, [{ fault: 'latency', parameters: { delay_ms: 60 } }, { fault: 'empty-body' }]);
      const answer = await read(person);
      assert.ok(answer.firstByteMs >= 55 && answer.body === '');
    });

    test('before the effect, or after it when asked', async () => {
      const users = contractClient('users', service.url);
      const params = { id: identities['new-customer'].id };
      const patchUnder = async (fault: FaultInput): Promise<string> => {
        await switchFaults(service, [{ ...fault, operation: 'updateUser' }]);
        const display_name = JSON.stringify(fault);
        await users.call('updateUser', { params, body: { display_name: display_name.slice(0, 100) } });
        const { body } = await users.call('getUser', { params });
        return body.display_name === display_name.slice(0, 100) ? 'happened' : 'did not happen';
      };
      assert.equal(await patchUnder({ fault: 'status-503' }), 'did not happen');
      assert.equal(await patchUnder({ fault: 'status-503', parameters: { after: true } }), 'happened');
    });

    test('so that work is not begun when the deadline has passed meanwhile, and is when it has not', async () => {
      const users = contractClient('users', service.url);
      await switchFaults(service, [{ fault: 'latency', parameters: { delay_ms: 40 } }]);
      const call = (budgetMs: number) =>
        users.call('updateUser', {
          params: { id: identities['new-customer'].id },
          body: { display_name: `in ${budgetMs} ms` },
          headers: { 'x-request-deadline-ms': String(budgetMs) },
        });
      const late = await call(10);
      assert.deepEqual([late.status, late.body.code], [504, 'deadline_exceeded']);
      assert.equal((await call(5_000)).body.display_name, 'in 5000 ms');
      await switchFaults(service, []);
    });

    test('hanging requests, which are answered when the rule is removed', async () => {
      await switchFaults(service, [{ fault: 'hang', operation: 'getUser' }]);
      const answers = Promise.all([read(person, 5_000), read(person, 5_000)]);
      const held = async (): Promise<boolean> => (await faultState()).rules[0]?.active === 2;
      await waitFor(held, { what: 'both requests to hang' });
      await switchFaults(service, []);
      await service.close();
      assert.deepEqual(
        (await answers).map(({ status }) => status),
        [200, 200],
      );
      service = await startServiceAlone(cleanup, 'users');
    });

    test('a request with a key that is still running: its twin hears 409', async () => {
      const users = contractClient('users', service.url);
      await switchFaults(service, [
        { fault: 'latency', operation: 'suspendUser', count: 1, parameters: { delay_ms: 150 } },
      ]);
      const call = { params: { id: identities['new-customer'].id }, body: { reason: 'other' }, key: 'twin' };
      const answers = await Promise.all([users.call('suspendUser', call), users.call('suspendUser', call)]);
      const [late, early] = answers.toSorted((a, b) => a.status - b.status);
      assert.deepEqual([late?.status, early?.status, early?.body.code], [200, 409, 'idempotency_in_progress']);
      assert.equal(early?.headers.get('retry-after'), '1');
      assert.equal((await users.call('suspendUser', call)).headers.get('idempotency-replayed'), 'true');
      await switchFaults(service, []);
    });
  });

  describe('are switched', () => {
    test('with the control token only, and not at all on a service that has none', async (t) => {
      const strangers = { authorization: `Bearer ${serviceCredentials.gatewayToken}` };
      assert.equal((await fetch(`${service.url}/__faults`, { headers: strangers })).status, 401);
      const { startUserService } = await import('../../demo/services/user-service/user-service.ts');
      const closed = await startUserService({ port: 0, dataDir: ':memory:', gatewayTokens: ['x'], writeLog: () => {} });
      t.after(() => closed.close());
      assert.equal((await controlService(closed, 'GET', '/__faults')).status, 404);
      assert.equal((await controlService(closed, 'POST', '/__clock', { advance_ms: 1 })).status, 404);
    });

    test('one by one, and all off', async () => {
      const answer = await controlService(service, 'POST', '/__faults', { fault: 'empty-body' });
      const added = (await answer.json()) as { id: string };
      assert.equal(await controlStatus('POST', '/__faults', { fault: 'clock-skew' }), 201);
      assert.equal(await controlStatus('DELETE', `/__faults/${added.id}`), 204);
      assert.equal(await controlStatus('DELETE', `/__faults/${added.id}`), 404);
      const { rules, known } = await faultState();
      assert.deepEqual([rules.length, rules[0]?.fault, known.length], [1, 'clock-skew', faultTable.size]);
      assert.equal(await controlStatus('DELETE', '/__faults'), 204);
    });

    for (const [what, rule] of [
      ['a fault that does not exist', { fault: 'gremlins' }],
      ['an operation of another service', { fault: 'latency', operation: 'getOrder' }],
      ['a share beyond one', { fault: 'latency', probability: 2 }],
      ['a parameter it does not have', { fault: 'latency', parameters: { seconds: 1 } }],
      ['a parameter of the wrong kind', { fault: 'latency', parameters: { delay_ms: 'long' } }],
    ] as const) {
      test(`never with ${what}`, async () => {
        assert.equal(await controlStatus('POST', '/__faults', rule), 422);
        assert.equal(await controlStatus('PUT', '/__faults', { rules: [rule] }), 422);
        assert.deepEqual((await faultState()).rules, []);
      });
    }
  });

  test('amounts leave 32 bits, and 53', async (t) => {
    const payments = await startServiceAlone(t, 'payments');
    const orders = await startServiceAlone(t, 'orders');
    const { body } = await contractClient('orders', orders.url).call('searchOrders', {
      query: { q: demoOrderNumber('packing') },
    });
    const readPayments = () => rawGet(`${payments.url}/v1/payments?order_id=${body.items[0].id}`, identityHeaders);
    await switchFaults(payments, [{ fault: 'amounts-beyond-int32' }]);
    const large = JSON.parse((await readPayments()).body);
    assert.equal(large.data[0].amount.amount, 3_000_000_000);
    assert.deepEqual(errorsOf('payments', 'PaymentPage', large), []);
    await switchFaults(payments, [{ fault: 'amounts-beyond-2-53' }]);
    const { body: text } = await readPayments();
    assert.match(text, /"amount":9007199254740993,/);
    assert.notDeepEqual(errorsOf('payments', 'PaymentPage', JSON.parse(text)), []);
  });
});
