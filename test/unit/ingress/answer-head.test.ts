import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { AnswerHead } from '../../../src/ingress/answer-head.ts';
import type { Wire } from '../../../src/ingress/exchange.ts';
import { HeaderBlock } from '../../../src/ingress/header-block.ts';
import { rawSend } from '../../support/raw-http.ts';

const block = new HeaderBlock(['x-content-type-options', 'nosniff', 'vary', 'Accept, Origin']);
const own = [
  ['content-type', 'application/json; charset=utf-8'],
  ['x-correlation-id', 'id'],
] as const;

function headWith(checked: readonly string[]): AnswerHead {
  const head = new AnswerHead(block);
  for (const [name, value] of own) head.addOwn(name, value);
  for (let at = 0; at < checked.length; at += 2) head.add(checked[at] ?? '', checked[at + 1] ?? '');
  return head;
}

/** The bytes of an answer, the date apart, and whether the connection stays open for another. */
async function sent(t: TestContext, listener: RequestListener): Promise<readonly string[]> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const { text } = await rawSend(`http://127.0.0.1:${port}/`, [request + request]);
  return text.replaceAll(/Date: .*\r\n/g, '').split('\r\n');
}

describe('the head of an answer', () => {
  const rows: readonly (readonly [status: number, checked: readonly string[], body: string])[] = [
    [200, ['content-length', '2'], 'é'],
    [200, ['connection', 'close', 'content-length', '2'], '{}'],
    [304, [], ''],
    [204, [], ''],
  ];
  for (const [status, checked, body] of rows)
    test(`${status} with ${checked.join(' ') || 'no length'} has the lines that Node would write, in any order`, async (t) => {
      const ours = await sent(t, (_request, response) => {
        headWith(checked).write(response, status);
        response.end(body);
      });
      const nodes = await sent(t, (_request, response) => {
        response.writeHead(status, [...block.list, ...own.flat(), ...checked]);
        response.end(body);
      });
      assert.deepEqual(ours.toSorted(), nodes.toSorted());
      assert.equal(ours.join('').match(/HTTP\/1\.1/g)?.length, checked.includes('connection') ? 1 : 2);
    });

  test('goes through a wire that keeps no text, line by line', () => {
    const written: unknown[] = [];
    const wire = { writeHead: (status: number, headers: string[]) => void written.push(status, headers) };
    headWith(['content-length', '0']).write(wire as unknown as Wire, 200);
    assert.deepEqual(written, [200, [...block.list, ...own.flat(), 'content-length', '0']]);
  });

  test('takes no line break, neither in a block nor among the headers to be checked', async (t) => {
    for (const list of [
      ['x-a', 'a\r\nx-b: b'],
      ['x-a\r\nx-b', 'b'],
    ])
      assert.throws(() => new HeaderBlock(list), /ERR_INVALID|Invalid/);
    const lines = await sent(t, (_request, response) => {
      assert.throws(() => headWith(['x-a', 'a\nx-b: b']).write(response, 200));
      response.end();
    });
    assert.ok(!lines.some((line) => line.startsWith('x-b')));
  });
});
