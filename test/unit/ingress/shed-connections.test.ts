import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { queryObjects } from 'node:v8';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { HeaderBlock } from '../../../src/ingress/header-block.ts';
import { createResponder } from '../../../src/ingress/respond.ts';
import { ShedConnections } from '../../../src/ingress/shed-connections.ts';
import { WatchedConnection } from '../../../src/ingress/watched-connection.ts';
import { createAuthority } from '../../support/certificates.ts';
import { waitFor } from '../../support/processes.ts';

const correlationId = '3c1d1cf1-7b6e-4a51-9d52-4a8e5a1a9f10';
const fixed = { of: () => new HeaderBlock(['x-fixed', 'yes']) };

/** A request as most callers write it; `target` tells it from others. */
function asked(target = '/graphql', body = '{}'): string {
  return `POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** One connection, by which one answer after the other is read. */
class Caller {
  readonly socket: Socket;
  #text = '';

  constructor(t: TestContext, socket: Socket) {
    this.socket = socket;
    t.after(() => void socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => (this.#text += bytes.toString('latin1')));
  }

  /** The next answer: its head without the date, and its body. */
  async answer(): Promise<string> {
    const length = (): number => Number(/^content-length: (\d+)\r$/im.exec(this.#text)?.[1] ?? Number.NaN);
    const end = (): number => this.#text.indexOf('\r\n\r\n') + 4 + length();
    await waitFor(() => this.#text.length >= end(), { what: () => `an answer, with ${JSON.stringify(this.#text)}` });
    const answer = this.#text.slice(0, end());
    this.#text = this.#text.slice(answer.length);
    return answer.replace(/^Date: .*\r\n/m, '');
  }

  ask(text = asked()): Promise<string> {
    this.socket.write(text);
    return this.answer();
  }
}

/** A server that refuses while it is full, and what became of which request. */
async function startServer(t: TestContext, create = (listener: RequestListener): Server => createServer(listener)) {
  const state = { isFull: true, isShedding: true, isDraining: false, isHeld: false };
  const held: (() => void)[] = [];
  const [byNode, fromBytes, sockets]: [string[], string[], Socket[]] = [[], [], []];
  const refuse = createResponder({ fixed, isDraining: () => state.isDraining }).prepareRefusal(
    new GatewayError('OVERLOADED', { retryAfterMs: 2_000 }),
  );
  const server = create((request, response) => {
    const { url = '' } = request;
    const { isFull } = state;
    const serve = (): void => void response.end(`${url} is served`);
    byNode.push(url);
    if (isFull) refuse({ request, response }, false, correlationId);
    else request.on('end', () => (state.isHeld ? held.push(serve) : serve())).resume();
    shed.began(request, response, isFull);
  });
  const shed = new ShedConnections(server, {
    isShedding: () => state.isShedding,
    turnAway(request, wire) {
      if (!state.isFull) return false;
      fromBytes.push(request.url ?? '');
      refuse({ request, response: wire }, false, correlationId);
      return true;
    },
  });
  server.keepAliveTimeout = 65_000;
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const call = (): Caller => new Caller(t, connect(port, '127.0.0.1'));
  return { server, port, state, byNode, fromBytes, held, sockets, call };
}

/** With a connection on which two requests were refused: the next may be answered from its bytes. */
async function startShedding(t: TestContext) {
  const running = await startServer(t);
  const caller = running.call();
  for (let count = 0; count < 2; count++) await caller.ask();
  running.byNode.length = 0;
  return { ...running, caller };
}

test('from the third on the refusals of a connection are made from the bytes, and are the same', async (t) => {
  const { byNode, fromBytes, call } = await startServer(t);
  const caller = call();
  const answers: string[] = [];
  for (let count = 0; count < 5; count++) answers.push(await caller.ask());
  assert.match(
    answers[0] ?? '',
    /^HTTP\/1\.1 503 Service Unavailable\r\n[^]*Keep-Alive: timeout=65\r\n[^]*\r\nretry-after: 2\r\n/,
  );
  assert.deepEqual(answers, Array(5).fill(answers[0]));
  assert.deepEqual([byNode.length, fromBytes.length], [2, 3]);
});

test('over TLS too', async (t) => {
  const authority = await createAuthority(t);
  const { certFile, keyFile } = await authority.issue('gateway', 'IP:127.0.0.1');
  const files = { cert: readFileSync(certFile), key: readFileSync(keyFile), allowHTTP1: true };
  const create = (listener: RequestListener): Server => {
    const secure = createSecureServer(files) as unknown as Server;
    secure.closeAllConnections = () => undefined;
    return secure.on('request', listener);
  };
  const { port, fromBytes } = await startServer(t, create);
  const caller = new Caller(t, connectTls({ port, host: '127.0.0.1', ca: readFileSync(authority.caFile) }));
  const answers: string[] = [];
  for (let count = 0; count < 3; count++) answers.push(await caller.ask());
  assert.deepEqual(answers, Array(3).fill(answers[0]));
  assert.equal(fromBytes.length, 1);
});

test('what there is room for is served, and what comes behind it is refused from its bytes again', async (t) => {
  const { state, byNode, fromBytes, caller } = await startShedding(t);
  state.isFull = false;
  assert.match(await caller.ask(asked('/graphql?a')), /\/graphql\?a is served$/);
  state.isFull = true;
  assert.match(await caller.ask(asked('/graphql?b')), / 503 /);
  assert.match(await caller.ask('GET /graphql?c HTTP/1.1\r\nHost: a\r\n\r\n'), / 503 /);
  assert.deepEqual([byNode, fromBytes], [['/graphql?a'], ['/graphql?b', '/graphql?c']]);
});

test('once nothing is shed any more the connection is read by Node alone, as before', async (t) => {
  const { state, byNode, fromBytes, sockets, call } = await startServer(t);
  const caller = call();
  await waitFor(() => sockets.length === 1, { what: 'a connection' });
  const before = sockets[0]?.listeners('data');
  await caller.ask();
  assert.notDeepEqual(sockets[0]?.listeners('data'), before);
  Object.assign(state, { isFull: false, isShedding: false });
  for (let count = 0; count < 2; count++) assert.match(await caller.ask(), /is served$/);
  assert.deepEqual(sockets[0]?.listeners('data'), before);
  assert.deepEqual([byNode.length, fromBytes.length], [3, 0]);
});

test('a connection is kept as long as its answer says, also when that has changed', async (t) => {
  const { server, sockets, fromBytes, caller } = await startShedding(t);
  const timers: (number | undefined)[] = [];
  for (const keepAliveMs of [65_000, 5_000, 5_000]) {
    server.keepAliveTimeout = keepAliveMs;
    assert.match(await caller.ask(), new RegExp(`Keep-Alive: timeout=${keepAliveMs / 1_000}\\r\\n`));
    timers.push(sockets[0]?.timeout);
  }
  assert.equal(timers[1], timers[2]);
  assert.equal((timers[0] ?? 0) - (timers[1] ?? 0), 60_000);
  assert.equal(fromBytes.length, 2);
});

test('an answer that ends its connection ends it', async (t) => {
  const { state, fromBytes, caller } = await startShedding(t);
  state.isDraining = true;
  assert.match(await caller.ask(), /^HTTP\/1\.1 503 [^]*\r\nconnection: close\r\n/i);
  await waitFor(() => caller.socket.readableEnded, { what: 'the end' });
  assert.equal(fromBytes.length, 1);
});

describe('bytes that look like a request, where none begins:', () => {
  test('the body of a request that is known', async (t) => {
    const { state, byNode, fromBytes, caller } = await startShedding(t);
    state.isFull = false;
    const [head = '', body = ''] = asked('/graphql?outer', asked()).split(/(?<=\r\n\r\n)(?=POST)/);
    caller.socket.write(head);
    await waitFor(() => byNode.length === 1, { what: 'the head to be read' });
    state.isFull = true;
    assert.match(await caller.ask(body), /\/graphql\?outer is served$/);
    assert.match(await caller.ask(), / 503 /);
    assert.deepEqual([byNode, fromBytes], [['/graphql?outer', '/graphql'], []]);
  });

  test('the body of the first request that is refused', async (t) => {
    const { byNode, fromBytes, call } = await startServer(t);
    const caller = call();
    const [head = '', body = ''] = asked('/graphql?outer', asked('/graphql?inner')).split(/(?<=\r\n\r\n)(?=POST)/);
    await caller.ask(head);
    caller.socket.write(body);
    // Node may see this one together with the body before it, or alone.
    assert.match(await caller.ask(asked('/graphql?next')), / 503 /);
    assert.deepEqual([byNode, fromBytes], [['/graphql?outer', '/graphql?next'], []]);
  });

  test('the end of one request, a whole one, and the beginning of a third', async (t) => {
    const { byNode, fromBytes, caller } = await startShedding(t);
    const third = 'POST /graphql?third HTTP/1.1\r\nX-Partial: ';
    const inner = `GET /graphql?inner HTTP/1.1\r\nHost: a\r\n\r\n${third}`;
    const lead = `POST /graphql HTTP/1.1\r\nContent-Length: ${third.length}\r\nX-Lead: `;
    await caller.ask(`POST /graphql?outer HTTP/1.1\r\nHost: a\r\nContent-Length: ${lead.length}\r\n\r\n`);
    assert.match(await caller.ask(lead + inner), / 503 /);
    assert.match(await caller.ask(asked('/graphql?end-of-third')), / 503 /);
    assert.deepEqual(byNode, ['/graphql?outer', '/graphql?inner', '/graphql?third']);
    assert.deepEqual(fromBytes, []);
    assert.match(await caller.ask(asked('/graphql?next')), / 503 /);
    assert.deepEqual(fromBytes, ['/graphql?next'], 'all of the third was read, and the next byte began a message');
  });

  test('the end of one request, and one whose body is as long as it would be, but not there yet', async (t) => {
    const { byNode, fromBytes, caller } = await startShedding(t);
    const next = `GET /graphql?next HTTP/1.1\r\nHost: a\r\nX-Pad: ${'p'.repeat(40)}\r\n\r\n`;
    const inner = 'POST /graphql?inner HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nX-Pad: ';
    const head = `${inner.padEnd(next.length - 4, 'p')}\r\n\r\n`;
    const text = asked('/graphql', head.padEnd(100, 'b'));
    const lead = text.indexOf(inner);
    await caller.ask(`POST /graphql?outer HTTP/1.1\r\nHost: a\r\nContent-Length: ${lead}\r\n\r\n`);
    assert.match(await caller.ask(text), / 503 /);
    // All of it is the rest of the inner body.
    caller.socket.write(next);
    assert.match(await caller.ask(asked('/graphql?last')), / 503 /);
    assert.deepEqual(byNode, ['/graphql?outer', '/graphql?inner', '/graphql?last']);
    assert.deepEqual(fromBytes, []);
  });
});

test('requests that come together are answered in their order', async (t) => {
  const { byNode, fromBytes, caller, state } = await startShedding(t);
  state.isFull = false;
  caller.socket.write(asked('/graphql?a') + asked('/graphql?b'));
  assert.match(await caller.answer(), /\?a is served$/);
  assert.match(await caller.answer(), /\?b is served$/);
  caller.socket.write(asked('/graphql?c'));
  await waitFor(() => byNode.length === 3, { what: 'the third' });
  state.isFull = true;
  assert.match(await caller.answer(), /\?c is served$/);
  assert.match(await caller.ask(asked('/graphql?d')), / 503 /);
  assert.deepEqual([byNode, fromBytes], [['/graphql?a', '/graphql?b', '/graphql?c'], ['/graphql?d']]);
});

test('a request behind others that are not answered yet is not answered before them', async (t) => {
  const { byNode, fromBytes, caller, state, held } = await startShedding(t);
  Object.assign(state, { isFull: false, isHeld: true });
  for (const [count, target] of ['/graphql?a', '/graphql?b'].entries()) {
    caller.socket.write(asked(target));
    await waitFor(() => held.length === count + 1, { what: target });
  }
  held[0]?.();
  assert.match(await caller.answer(), /\?a is served$/);
  state.isFull = true;
  caller.socket.write(asked('/graphql?c'));
  await waitFor(() => byNode.length === 3, { what: 'the third' });
  held[1]?.();
  assert.match(await caller.answer(), /\?b is served$/);
  assert.match(await caller.answer(), / 503 /);
  assert.deepEqual(fromBytes, []);
});

test('a connection that asks for a tunnel is left to whoever answers it', async (t) => {
  const { server, caller, sockets } = await startShedding(t);
  let readers: number | undefined;
  server.on('connect', (_request, socket) => {
    readers = sockets[0]?.listenerCount('data');
    socket.end('HTTP/1.1 405 Not Allowed\r\nContent-Length: 0\r\n\r\n');
  });
  assert.match(await caller.ask('CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'), / 405 /);
  assert.equal(readers, 0);
});

test('whoever does not read its answers is left to Node, which reads no more of it', () => {
  const socket = Object.assign(new EventEmitter(), { writableLength: 0 });
  const [read, refused]: [Buffer[], number[]] = [[], []];
  const response = new EventEmitter();
  const takeByNode = (bytes: Buffer): void => {
    read.push(bytes);
    const request = { complete: true, headers: { 'content-length': '2' } } as unknown as IncomingMessage;
    connection.began(request, response as ServerResponse);
  };
  socket.on('data', takeByNode);
  const connection = new WatchedConnection(socket as Socket, takeByNode, {
    isShedding: () => true,
    keepAliveMs: () => 1_000,
    refuse: () => refused.push(1) > 0,
    onCalm: () => undefined,
  });
  const ask = () => socket.emit('data', Buffer.from(asked()));
  ask();
  response.emit('close');
  ask();
  assert.deepEqual([read.length, refused.length], [1, 1]);
  socket.writableLength = 1;
  ask();
  assert.deepEqual([read.length, refused.length], [2, 1]);
});

test('an idle connection keeps nothing of what it was asked', async (t) => {
  const alive = () => [IncomingMessage, ServerResponse].map((type) => queryObjects(type, { format: 'count' }));
  const { call } = await startServer(t);
  const before = alive();
  const caller = call();
  for (let count = 0; count < 3; count++) await caller.ask();
  await waitFor(() => alive().join() === before.join(), { what: () => `${alive()} to be ${before}` });
});
