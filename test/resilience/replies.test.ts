import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { UpstreamProblem } from '../../src/upstream/upstream-failure.ts';
import { callContext, getThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';
import { type Behaviour, respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';

const alone = { retry: { maxRetries: 0 }, breaker: { minimumCalls: 10_000 }, singleFlight: false };

/** undici frees a connection one turn of the loop after its reply. */
const connectionFree = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await setImmediate();
};

describe('what a service may send', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let ask: (id?: string) => Promise<unknown>;

  before(async () => {
    service = await startFaultUpstream();
    upstream = await testUpstream(service.url, { ...alone, readTimeoutMs: 300 });
    const bound = upstream.bind(getThing);
    ask = async (id = 'a') => (await bound(id, callContext())).value;
  });
  beforeEach(async () => {
    await connectionFree();
    service.requests.length = 0;
    service.behave(respond.json({ id: 'good' }));
  });
  after(async () => {
    await service.close();
    await upstream.close();
  });

  test('a good answer comes back mapped, over connections that are kept', async () => {
    const opened = service.connections;
    for (let i = 0; i < 50; i++) {
      assert.deepEqual(await ask(), { id: 'good' });
      await connectionFree();
    }
    assert.equal(service.connections - opened, 1);
  });

  test('an accepted status is an answer', async () => {
    service.behave(respond.json({ code: 'not_found' }, { status: 404, type: 'application/problem+json' }));
    assert.equal(await ask(), null);
  });

  test('any other refusal is a problem that carries the document and shows nothing of it', async () => {
    const body = {
      type: 'about:blank',
      title: 'Secret title',
      code: 'not_cancellable',
      errors: [{ pointer: '/a', code: 'b' }],
    };
    service.behave(respond.json(body, { status: 409, type: 'application/problem+json; charset=utf-8' }));
    await assert.rejects(ask(), (error) => {
      assert.ok(error instanceof UpstreamProblem);
      assert.equal(error.status, 409);
      assert.equal(error.problem.code, 'not_cancellable');
      assert.deepEqual(error.problem.errors, [{ pointer: '/a', code: 'b' }]);
      assert.equal(error.publicMessage.includes('Secret'), false);
      return true;
    });
  });

  const statuses: readonly [status: number, code: string, retryable: boolean][] = [
    [302, 'UPSTREAM_BAD_RESPONSE', true],
    [304, 'UPSTREAM_BAD_RESPONSE', true],
    [401, 'UPSTREAM_UNAVAILABLE', true],
    [403, 'FORBIDDEN', false],
    [429, 'UPSTREAM_RATE_LIMITED', true],
    [500, 'UPSTREAM_UNAVAILABLE', true],
    [503, 'UPSTREAM_UNAVAILABLE', true],
    [504, 'UPSTREAM_TIMEOUT', true],
  ];
  for (const [status, code, retryable] of statuses) {
    test(`${status} becomes ${code}`, async () => {
      const headers = { location: 'http://127.0.0.1:1/', ...(status === 304 ? { 'content-length': '0' } : {}) };
      service.behave(respond.text(status === 304 ? '' : '{}', { status, headers }));
      await assert.rejects(ask(), { code, service: 'things', retryable });
      assert.equal(service.requests.length, 1);
    });
  }

  test('Retry-After is passed on in milliseconds, from whichever header says it', async () => {
    const said: readonly [Record<string, string>, number][] = [
      [{ 'retry-after': '7' }, 7_000],
      [{ 'retry-after': '2', ratelimit: '"default";r=0;t=9' }, 2_000],
      [{ ratelimit: '"default";r=0;t=3' }, 3_000],
      [{ 'ratelimit-reset': '4' }, 4_000],
    ];
    for (const [headers, retryAfterMs] of said) {
      service.behave(respond.json({}, { status: 429, headers }));
      await assert.rejects(ask(), { code: 'UPSTREAM_RATE_LIMITED', retryAfterMs });
    }
  });

  const page = '<!doctype html><title>Welcome</title>';
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const head = (fields: string) => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${fields}\r\n`;

  /** Every one a lie; `own` is a reply whose connection the service itself ends. */
  const lies: Readonly<Record<string, Behaviour>> = {
    'HTML with 200': respond.text(page, { type: 'text/html' }),
    'HTML that calls itself JSON': respond.text(page),
    'JSON in another charset': respond.text('{}', { type: 'application/json; charset=utf-16' }),
    'a near miss of the media type': respond.text('{}', { type: 'application/jsonp' }),
    'two media types': respond.raw(`${head('content-type: text/html\r\ncontent-length: 2\r\n')}{}`),
    'an empty body': respond.text(''),
    '204 where a body is promised': respond.raw('HTTP/1.1 204 No Content\r\n\r\n'),
    'truncated JSON of the right length': respond.text('{"id": "a'),
    'broken UTF-8': respond.raw(
      Buffer.concat([Buffer.from(head('content-length: 4\r\n')), Buffer.from([0x22, 0xff, 0xfe, 0x22])]),
    ),
    'a prototype key': respond.text('{"a":[{"__proto__":{"admin":true}}]}'),
    'an escaped prototype key': respond.text(String.raw`{"\u005f_proto__":{"admin":true}}`),
    'a number that no double holds': respond.text('{"n":1e400}'),
    'nesting beyond the cap': respond.text(deep(100)),
    'nesting to break a stack': respond.text(deep(500_000)),
    'a gzip bomb': respond.raw(
      Buffer.concat([Buffer.from(head(`content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n`)), bomb]),
    ),
    'five hundred encodings': respond.text('{}', { headers: { 'content-encoding': 'gzip,'.repeat(500) } }),
  };
  for (const [name, lie] of Object.entries(lies)) {
    test(`${name} is a bad response, and its connection is not used again`, async () => {
      service.behave(lie);
      await assert.rejects(ask(), { code: 'UPSTREAM_BAD_RESPONSE', service: 'things' });
      await connectionFree();
      service.behave(respond.json({ id: 'good' }));
      assert.deepEqual(await ask(), { id: 'good' });
      const [bad, good] = service.requests;
      assert.notEqual(bad?.connection, good?.connection);
    });
  }

  test('a route whose end is announced is counted and still answers', async () => {
    service.behave(
      respond.json(
        { id: 'good' },
        { headers: { deprecation: '@1790000000', sunset: 'Sat, 31 Jan 2027 00:00:00 GMT' } },
      ),
    );
    assert.deepEqual(await ask(), { id: 'good' });
    assert.match(await upstream.metrics.expose(), /facet_upstream_deprecated_total\{[^}]+\} 1/);
  });

  test('nothing that a body says reaches a prototype', async () => {
    service.behave(respond.text('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'));
    await assert.rejects(ask());
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});
