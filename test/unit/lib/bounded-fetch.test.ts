import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { boundedFetch, fetchJson } from '../../../src/lib/bounded-fetch.ts';
import { jsonAnswer, startKeyServer, textAnswer } from '../../support/key-server.ts';

const bounds = { timeoutMs: 300, maxBytes: 1_000 };

describe('a fetch with bounds', () => {
  test('gives status, headers and body of any answer', async (t) => {
    const server = await startKeyServer(t);
    server.answer(textAnswer('no', 404, { 'x-a': 'b' }));
    const { status, headers, body } = await boundedFetch(server.url, bounds);
    assert.deepEqual([status, headers.get('x-a'), Buffer.from(body).toString()], [404, 'b', 'no']);
  });

  test('sends method, headers and body', async (t) => {
    const server = await startKeyServer(t);
    let seen = '';
    server.answer((request, response) => {
      request.on('data', (chunk) => (seen += `${request.method} ${request.headers['x-a']} ${chunk}`));
      request.on('end', () => response.end());
    });
    await boundedFetch(server.url, { ...bounds, method: 'POST', headers: { 'x-a': 'b' }, body: 'hello' });
    assert.equal(seen, 'POST b hello');
  });

  test('never follows a redirect', async (t) => {
    const server = await startKeyServer(t);
    server.answer(textAnswer('', 307, { location: '/jwks' }));
    await assert.rejects(boundedFetch(server.url, bounds), { name: 'FetchFailed', reason: 'redirect', status: 307 });
    assert.equal(server.fetches, 1);
  });

  test('ends a body that is too large, also one that was compressed or has no end', async (t) => {
    const server = await startKeyServer(t);
    const zeros = gzipSync(Buffer.alloc(1_000_000));
    server.answer((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(zeros));
    await assert.rejects(boundedFetch(server.url, bounds), { reason: 'too_large' });
    const closed = new Promise((resolve) => {
      server.answer((_request, response) => {
        response.on('close', resolve);
        response.write(Buffer.alloc(2_000));
      });
    });
    await assert.rejects(boundedFetch(server.url, bounds), { reason: 'too_large' });
    await closed;
  });

  test('ends after its time, before the headers and within a dripping body', async (t) => {
    const server = await startKeyServer(t);
    server.answer(() => {});
    await assert.rejects(boundedFetch(server.url, { ...bounds, timeoutMs: 50 }), { reason: 'timeout' });
    server.answer((_request, response) => {
      response.write('x');
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    });
    await assert.rejects(boundedFetch(server.url, { ...bounds, timeoutMs: 80 }), { reason: 'timeout' });
  });

  test('ends early when its signal says so', async (t) => {
    const server = await startKeyServer(t);
    const controller = new AbortController();
    server.answer(() => controller.abort());
    await assert.rejects(boundedFetch(server.url, { ...bounds, signal: controller.signal }), { reason: 'network' });
  });

  test('a server that is not there is a network failure', async (t) => {
    const server = await startKeyServer(t);
    await server.down();
    await assert.rejects(boundedFetch(server.url, bounds), { reason: 'network' });
  });
});

describe('a JSON document', () => {
  test('is taken under application/json and any +json type', async (t) => {
    const server = await startKeyServer(t);
    for (const type of ['application/json', 'Application/JSON; charset=utf-8', 'application/jwk-set+json']) {
      server.answer(textAnswer('{"a":1}', 200, { 'content-type': type }));
      assert.deepEqual(await fetchJson(server.url, bounds), { a: 1 });
    }
  });

  test('is refused under another type, with another status, or when it is not JSON', async (t) => {
    const server = await startKeyServer(t);
    for (const [answer, reason] of [
      [textAnswer('{}', 200, { 'content-type': 'text/plain' }), 'media_type'],
      [textAnswer('{}', 200, { 'content-type': 'application/jsonp' }), 'media_type'],
      [textAnswer('{}', 203), 'status'],
      [textAnswer('{'), 'invalid_json'],
      [jsonAnswer(undefined), 'invalid_json'],
      [textAnswer('\ufeff{}'), 'invalid_json'],
    ] as const) {
      server.answer(answer);
      await assert.rejects(fetchJson(server.url, bounds), { reason });
    }
  });
});
