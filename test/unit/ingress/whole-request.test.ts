import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, test } from 'node:test';
import { readWholeRequest } from '../../../src/ingress/whole-request.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

const headers = [
  'Host: gateway.example',
  'User-Agent: acme/1.0 (test)',
  'Authorization: Bearer abc.def.ghi',
  'X-Correlation-ID: 3c1d1cf1-7b6e-4a51-9d52-4a8e5a1a9f10',
  'traceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ',
  'X-Forwarded-For: 192.0.2.1',
];
const told = {
  'user-agent': 'acme/1.0 (test)',
  'x-correlation-id': '3c1d1cf1-7b6e-4a51-9d52-4a8e5a1a9f10',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  'x-forwarded-for': '192.0.2.1',
};

/** A message of these lines; `{` and `}` is its body. */
function message(start: string, lines: readonly string[], body = '{}'): string {
  return `${[start, ...headers, ...lines].join('\r\n')}\r\n\r\n${body}`;
}

const post = 'POST /graphql HTTP/1.1';
const read = (text: string) => readWholeRequest(Buffer.from(text, 'latin1'));

test('a whole request is read, with the headers that a refusal needs', () => {
  assert.deepEqual(read(message(post, ['CONTENT-LENGTH: 2', 'Connection: Keep-Alive'])), {
    method: 'POST',
    url: '/graphql',
    headers: { ...told, 'content-length': '2' },
    httpVersionMajor: 1,
  });
  assert.deepEqual(read(message('GET /graphql?query=%7Ba%7D HTTP/1.1', [], '')), {
    method: 'GET',
    url: '/graphql?query=%7Ba%7D',
    headers: told,
    httpVersionMajor: 1,
  });
});

describe('is for Node’s parser, and not read as a whole request:', () => {
  const length = 'Content-Length: 2';
  for (const [name, text] of [
    ['nothing', ''],
    ['half a head', message(post, [length]).slice(0, 60)],
    ['half a body', message(post, [length], '{')],
    ['a byte more', message(post, [length], '{} ')],
    ['two requests', message(post, [length]) + message(post, [length])],
    ['another path', message('POST /graphqlx HTTP/1.1', [length])],
    ['another method', message('PUT /graphql HTTP/1.1', [length])],
    ['a target with its host', message('POST http://a/graphql HTTP/1.1', [length])],
    ['HTTP/1.0', message('POST /graphql HTTP/1.0', [length])],
    ['a POST without a length', message(post, [], '')],
    ['a length with a sign', message(post, ['Content-Length: +2'])],
    ['a length in hexadecimal', message(post, ['Content-Length: 0x2'])],
    ['an empty length', message(post, ['Content-Length:'], '')],
    ['two lengths', message(post, [length, length])],
    ['a list of lengths', message(post, ['Content-Length: 2, 2'])],
    ['chunks', message(post, ['Transfer-Encoding: chunked'], '0\r\n\r\n')],
    ['chunks beside a length', message(post, [length, 'Transfer-Encoding: chunked'])],
    ['a length before the name’s colon', message(post, ['Content-Length : 2'])],
    ['a folded line', message(post, [length, 'X-Folded: a', ' b'])],
    ['a bare line feed', message(post, [`${length}\nX-Other: a`])],
    ['a bare carriage return', message(post, [`${length}\rX-Other: a`])],
    ['a NUL in a value', message(post, [length, 'X-Other: a\0'])],
    ['a byte above ASCII', message(post, [length, 'X-Other: \xe9'])],
    ['a line without a name', message(post, [length, ': a'])],
    ['a line without a colon', message(post, [length, 'nothing'])],
    ['two correlation ids', message(post, [length, 'x-correlation-id: b'])],
    ['a connection that is to end', message(post, [length, 'Connection: close'])],
    ['a connection to a proxy that is to end', message(post, [length, 'Proxy-Connection: close'])],
    ['a head that is too long', message(post, [length, `X-Long: ${'a'.repeat(8_192)}`])],
    ['a protocol to change to', message(post, [length, 'Connection: Upgrade', 'Upgrade: h2c'])],
    ['one that waits to be asked for its body', message(post, [length, 'Expect: 100-continue'])],
    ['a line feed in front', `\r\n${message(post, [length])}`],
  ] as const)
    test(name, () => assert.equal(read(text), undefined));
});

/** What mutations put where: the signs that framing depends on. */
const pieces = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  ' ',
  '\t',
  ':',
  ',',
  '0',
  '2',
  '\0',
  '\xff',
  'x: y\r\n',
  'Content-Length: 2\r\n',
];
const lines = [
  'Transfer-Encoding: chunked\r\n',
  'Content-Length: 0\r\n',
  'GET /graphql HTTP/1.1\r\n',
  'Connection: close\r\n',
  'Proxy-Connection: close\r\n',
];

test('whatever is read as a whole request, Node reads as the same one, and the next byte begins another', async (t) => {
  const random = randomNumbers(20_261_122);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    seen.push(request);
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const whole = [message(post, ['Content-Length: 2', 'X-Pad: a']), message('GET /graphql?a=b HTTP/1.1', [], '')];
  let known = 0;
  for (let round = 0; round < 20_000; round++) {
    let text = pick(whole);
    for (let count = random() * 3; count > 0; count--) {
      const at = Math.floor(random() * text.length);
      const left = random() < 0.5 ? 0 : Math.floor(random() * 3);
      text = text.slice(0, at) + (random() < 0.7 ? pick(pieces) : pick(lines)) + text.slice(at + left);
    }
    const request = read(text);
    if (!request) continue;
    known++;
    if (known % 10 !== 0) continue;
    seen.length = 0;
    const socket = connect(port, '127.0.0.1');
    socket.end(Buffer.from(`${text}GET /next HTTP/1.1\r\n\r\n`, 'latin1'));
    await once(socket.resume(), 'close');
    const [first, second, ...others] = seen;
    assert.deepEqual([second?.url, others], ['/next', []], text);
    const { 'user-agent': agent, 'content-length': length, ...ids } = first?.headers ?? {};
    assert.equal(first?.method, request.method, text);
    assert.equal(first?.url, request.url, text);
    assert.deepEqual([agent, length], [request.headers['user-agent'], request.headers['content-length']], text);
    for (const name of ['x-correlation-id', 'traceparent', 'x-forwarded-for'])
      assert.equal(ids[name], request.headers[name], text);
  }
  assert.ok(known > 2_000, `${known} were read`);
});
