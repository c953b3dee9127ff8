import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { callContext, getThing, makeThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';
import {
  type Behaviour,
  respond,
  responseText,
  startFaultUpstream,
  type FaultUpstream,
} from '../support/fault-upstream.ts';
import { within } from '../support/within.ts';

const alone = { retry: { maxRetries: 0 }, breaker: { minimumCalls: 10_000 }, singleFlight: false };
const good = respond.json({ id: 'good' });

describe('how a connection may go wrong', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let ask: (id?: string) => Promise<unknown>;
  let make: () => Promise<unknown>;

  before(async () => {
    service = await startFaultUpstream();
    upstream = await testUpstream(service.url, { ...alone, readTimeoutMs: 300, writeTimeoutMs: 300 });
    const [read, write] = [upstream.bind(getThing), upstream.bind(makeThing)];
    ask = async (id = 'a') => (await read(id, callContext())).value;
    make = async () => (await write({ a: 1 }, callContext())).value;
  });
  beforeEach(() => {
    service.requests.length = 0;
    service.behave(good);
  });
  after(async () => {
    await service.close();
    await upstream.close();
  });

  const body = '{"id":"good"}';
  const short = { headers: { 'content-length': String(body.length - 4) } };
  const long = { headers: { 'content-length': String(body.length + 4) } };
  const chunked = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
  const manyHeaders = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x-${i}`, 'v'.repeat(80)]));

  const faults: Readonly<Record<string, readonly [fault: Behaviour, code: string]>> = {
    silence: [respond.hang(), 'UPSTREAM_TIMEOUT'],
    'one byte at a time': [respond.drip(20), 'UPSTREAM_TIMEOUT'],
    'a body that never ends': [respond.raw(responseText(body, long)), 'UPSTREAM_TIMEOUT'],
    'an endless row of 103s': [floodOf('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'), 'UPSTREAM_TIMEOUT'],
    'a reset before the reply': [respond.reset(), 'UPSTREAM_UNAVAILABLE'],
    'a reset in the head': [respond.reset('HTTP/1.1 200 OK\r\ncontent-'), 'UPSTREAM_UNAVAILABLE'],
    'a reset in the body': [respond.reset(responseText(body, long)), 'UPSTREAM_UNAVAILABLE'],
    'a hang-up in the body': [respond.hangUp(responseText(body, long)), 'UPSTREAM_UNAVAILABLE'],
    'a hang-up instead of a reply': [respond.hangUp(), 'UPSTREAM_UNAVAILABLE'],
    'a chunk that ends in the middle': [respond.hangUp(`${chunked}ff\r\n{"id":`), 'UPSTREAM_UNAVAILABLE'],
    'a chunk of nonsense length': [respond.raw(`${chunked}zz\r\n{}\r\n0\r\n\r\n`), 'UPSTREAM_BAD_RESPONSE'],
    'no HTTP at all': [respond.raw('SSH-2.0-OpenSSH_9.2\r\n'), 'UPSTREAM_BAD_RESPONSE'],
    'two lengths': [
      respond.raw(`${responseText(body).replace('\r\n', '\r\ncontent-length: 5\r\n')}`),
      'UPSTREAM_BAD_RESPONSE',
    ],
    'more headers than anyone needs': [respond.text(body, { headers: manyHeaders }), 'UPSTREAM_BAD_RESPONSE'],
    'a length that is too short, and another reply behind it': [
      respond.raw(responseText(body, short) + responseText('{"id":"not yours"}')),
      'UPSTREAM_BAD_RESPONSE',
    ],
  };

  for (const [name, [fault, code]] of Object.entries(faults)) {
    test(`${name} is ${code} within the time-out, and costs nobody else anything`, async () => {
      service.behave(fault);
      const startedAt = performance.now();
      await assert.rejects(ask(), { code, service: 'things' });
      assert.ok(performance.now() - startedAt < within(600), 'cut in time');
      service.behave(good);
      for (let i = 0; i < 3; i++) assert.deepEqual(await ask(), { id: 'good' });
    });
  }

  test('a reply that nobody asked for never becomes the next answer', async () => {
    service.behave(respond.raw(responseText(body) + responseText('{"id":"not yours"}')));
    const answers = [];
    for (let i = 0; i < 20; i++) answers.push(await ask().catch(() => 'failed'));
    assert.equal(JSON.stringify(answers).includes('not yours'), false);
  });

  test('64 MB are cut at the cap, quickly and without keeping them', async () => {
    const chunk = Buffer.alloc(65_536, 0x20);
    service.behave(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n');
      let left = 1_024;
      const more = (): void => {
        while (left-- > 0 && !socket.destroyed) if (!socket.write(chunk)) return void socket.once('drain', more);
      };
      more();
    });
    const rss = process.memoryUsage.rss();
    const startedAt = performance.now();
    await assert.rejects(ask(), { code: 'UPSTREAM_BAD_RESPONSE' });
    assert.ok(performance.now() - startedAt < within(1_000));
    assert.ok(process.memoryUsage.rss() - rss < 60 * 1_048_576);
  });

  test('a body that says it is too large is not read at all', async () => {
    service.behave(
      respond.raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 67108864\r\n\r\n'),
    );
    const startedAt = performance.now();
    await assert.rejects(ask(), { code: 'UPSTREAM_BAD_RESPONSE' });
    assert.ok(performance.now() - startedAt < within(100));
  });

  test('a write that was refused before it was sent had no effect; one that was cut may have had', async () => {
    service.behave(respond.reset());
    await assert.rejects(make(), { code: 'UPSTREAM_UNAVAILABLE', effect: 'unknown' });
    service.behave(respond.hang());
    await assert.rejects(make(), { code: 'UPSTREAM_TIMEOUT', effect: 'unknown' });
    await service.refuse();
    await assert.rejects(make(), { code: 'UPSTREAM_UNAVAILABLE', effect: 'none' });
    await service.listen();
    service.behave(good);
    assert.deepEqual(await make(), { id: 'good' });
  });

  test('a write without a key is sent once, whatever happens to it', async () => {
    const other = await testUpstream(service.url, { writeTimeoutMs: 100 });
    const write = other.bind(makeThing);
    for (const fault of [respond.reset(), respond.hang(), respond.json({}, { status: 503 })]) {
      service.requests.length = 0;
      service.behave(fault);
      await assert.rejects(write({ a: 1 }, callContext()));
      assert.equal(service.requests.length, 1);
    }
    await other.close();
  });
});

/** Writes the same bytes again and again, as fast as they are taken. */
function floodOf(text: string): Behaviour {
  return ({ socket }) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(text.repeat(100)));
    };
    socket.on('drain', more);
    more();
  };
}
