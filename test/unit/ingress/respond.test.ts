import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { Exchange } from '../../../src/ingress/exchange.ts';
import { HeaderBlock } from '../../../src/ingress/header-block.ts';
import type { Exchanged } from '../../../src/ingress/pipeline-types.ts';
import { createResponder } from '../../../src/ingress/respond.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { rawSend } from '../../support/raw-http.ts';
import { silentLog } from '../../support/test-upstream.ts';

const correlationId = '3c1d1cf1-7b6e-4a51-9d52-4a8e5a1a9f10';
const secret = { of: (secure: boolean) => new HeaderBlock(['x-secure', String(secure)]) };
const overloaded = new GatewayError('OVERLOADED', { retryAfterMs: 2_000 });

/** The answer of `answer` to a POST whose body has not come yet, its head in lines without the date. */
async function answered(t: TestContext, answer: (exchange: Exchanged) => unknown) {
  const server = createServer((request, response) => {
    const exchange: Exchanged = new Exchange(
      request,
      response,
      systemClock,
      { address: '::1', secure: true },
      silentLog,
    );
    exchange.correlationId = correlationId;
    answer(exchange);
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { text, body, ending } = await rawSend(`http://127.0.0.1:${port}/`, [
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n',
    '{  }',
  ]);
  const [head = ''] = text.split('\r\n\r\n');
  const lines = head.split('\r\n').filter((line) => !line.startsWith('Date: '));
  return { lines: lines.toSorted(), body, ending };
}

for (const isDraining of [false, true])
  test(`a refusal that is prepared is the one that is made for the request${isDraining ? ', in a drain too' : ''}`, async (t) => {
    const responder = createResponder({ fixed: secret, isDraining: () => isDraining });
    const prepared = responder.prepareRefusal(overloaded);
    const made = await answered(t, (exchange) => responder.refuse(exchange, overloaded));
    assert.ok(made.lines.includes('retry-after: 2'));
    assert.ok(made.lines.includes('x-secure: true'));
    assert.ok(made.body.includes(`"correlationId":"${correlationId}"`));
    assert.equal(made.ending, isDraining ? 'end' : 'quiet');
    assert.deepEqual(await answered(t, (exchange) => prepared(exchange, true, correlationId)), made);
  });

test('what is prepared tells what was sent', async (t) => {
  const responder = createResponder({ fixed: secret, isDraining: () => false });
  const prepared = responder.prepareRefusal(overloaded);
  const outcomes: unknown[] = [];
  const { body } = await answered(t, (exchange) => outcomes.push(prepared(exchange, false, correlationId)));
  assert.deepEqual(outcomes, [{ status: 503, codes: ['OVERLOADED'], bytes: body.length, hasData: false }]);
});
