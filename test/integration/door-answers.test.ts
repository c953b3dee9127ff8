import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { after, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { identities } from '../../demo/services/seed/identities.ts';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup } from '../support/processes.ts';
import { serviceCredentials, startServiceAlone } from '../support/reference-services.ts';
import { signIn } from '../support/signed-in.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

const long = '{ viewer { orders(first: 50) { nodes { id number status placedAt total { formatted } } } } }';
const short = '{ viewer { id } }';

describe('answers', async () => {
  const cleanup = suiteCleanup(after);
  const [users, orders] = [await startServiceAlone(cleanup, 'users'), await startServiceAlone(cleanup, 'orders')];
  const { auth, authorization } = await signIn(cleanup, 'web', { sub: identities.customer.id });
  const credential = serviceCredentials.gatewayToken;
  const { url } = await startGateway(cleanup, 'web', {
    auth,
    upstreams: {
      users: { instances: [{ url: users.url }], credential, cache: { freshSeconds: 20 } },
      orders: { instances: [{ url: orders.url }], credential, cache: { freshSeconds: 20 } },
      payments: { instances: [{ url: 'http://127.0.0.1:1' }], credential },
    },
  });
  const signedIn = { authorization };

  /** By Node's own client, which decodes nothing. */
  function send(method: 'GET' | 'POST', query: string, headers: Record<string, string> = {}): Promise<Answer> {
    const target = new URL(url);
    const body = JSON.stringify({ query });
    if (method === 'GET') target.searchParams.set('query', query);
    return new Promise((resolve, reject) => {
      const fixed = {
        accept: 'application/graphql-response+json',
        'x-facet-csrf': '1',
        ...(method === 'POST' && { 'content-type': 'application/json' }),
      };
      const request = httpRequest(target, { method, headers: { ...fixed, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
        );
      });
      request.on('error', reject);
      request.end(method === 'POST' ? body : undefined);
    });
  }

  test('above a kilobyte are compressed as the caller likes best, and are the same bytes behind it', async () => {
    const plain = await send('GET', long, signedIn);
    assert.ok(plain.bytes.length > 2_000, `${plain.bytes.length} bytes`);
    assert.equal(plain.headers['content-encoding'], undefined);
    for (const [accepted, coding, decode] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0.5, gzip', 'gzip', gunzipSync],
      ['*', 'br', brotliDecompressSync],
      ['identity', undefined, (bytes: Buffer) => bytes],
      ['br;q=0, gzip;q=0', undefined, (bytes: Buffer) => bytes],
    ] as const) {
      const answer = await send('GET', long, { ...signedIn, 'accept-encoding': accepted });
      assert.equal(answer.headers['content-encoding'], coding, accepted);
      assert.equal(answer.headers['content-length'], String(answer.bytes.length));
      assert.deepEqual(decode(answer.bytes), plain.bytes);
      if (coding) assert.ok(answer.bytes.length < plain.bytes.length / 3);
    }
    const small = await send('GET', short, { ...signedIn, 'accept-encoding': 'br' });
    assert.equal(small.headers['content-encoding'], undefined);
  });

  test('to a GET have a tag, one for all codings, and are not sent twice', async () => {
    const first = await send('GET', long, signedIn);
    const { etag = '' } = first.headers;
    assert.match(etag, /^W\/"[\w-]{22}"$/);
    assert.equal((await send('GET', long, { ...signedIn, 'accept-encoding': 'br' })).headers.etag, etag);
    for (const condition of [etag, `"x", ${etag}`, etag.slice(2), '*']) {
      const again = await send('GET', long, { ...signedIn, 'if-none-match': condition });
      assert.deepEqual([again.status, again.bytes.length], [304, 0], condition);
      // RFC 9110 section 15.4.5: what a 200 would have said of keeping it.
      for (const name of ['etag', 'vary', 'cache-control']) assert.ok(again.headers[name], name);
      assert.equal(again.headers['x-facet-complete'], 'complete');
    }
    for (const condition of ['"x"', 'W/"x"', etag.replaceAll('"', ''), ''])
      assert.equal((await send('GET', long, { ...signedIn, 'if-none-match': condition })).status, 200, condition);
    assert.notEqual((await send('GET', short, signedIn)).headers.etag, etag);
  });

  test('to a POST have none', async () => {
    const answer = await send('POST', long, { ...signedIn, 'if-none-match': '*' });
    assert.deepEqual([answer.status, answer.headers.etag], [200, undefined]);
  });

  test('may be kept as long as the shortest-lived of their parts, by their reader alone', async () => {
    const cacheControl = async (query: string, headers = {}) =>
      (await send('GET', query, headers)).headers['cache-control'];
    assert.match(
      (await cacheControl('{ viewer { displayName } }', signedIn)) ?? '',
      /^private, max-age=([1-9]|1\d|20)$/,
    );
    assert.match((await cacheControl(long, signedIn)) ?? '', /^private, max-age=[1-5]$/);
    assert.equal(await cacheControl('{ __typename }'), 'no-store');
    const { headers } = await send('GET', short, signedIn);
    for (const name of ['Accept', 'Accept-Encoding', 'Accept-Language', 'Authorization', 'Origin'])
      assert.ok(headers.vary?.split(', ').includes(name), name);
  });

  test('that lack a part say so, have no tag, and may not be kept', async () => {
    const { status, headers, bytes } = await send('GET', '{ viewer { id paymentMethods { nodes { id } } } }', signedIn);
    assert.match(bytes.toString(), /"code":"UPSTREAM_UNAVAILABLE"/);
    assert.deepEqual([status, headers['x-facet-complete']], [200, 'partial']);
    assert.deepEqual([headers.etag, headers['cache-control']], [undefined, 'no-store']);
  });

  test('that refuse say nothing of completeness', async () => {
    for (const answer of [
      await send('GET', '{ nope }', signedIn),
      await send('GET', short, { authorization: 'Bearer x' }),
      await send('GET', 'query A($n: Int!) { viewer { avatar(size: $n) { url } } }', signedIn),
    ]) {
      assert.ok(answer.status >= 400);
      assert.equal(answer.headers['x-facet-complete'], undefined);
      assert.equal(answer.headers['cache-control'], 'no-store');
    }
  });

  test('tell the state of the limits', async () => {
    const { headers } = await send('POST', short, signedIn);
    assert.equal(headers['x-ratelimit-limit'], '10000');
    assert.match(String(headers['ratelimit']), /^"consumer";r=\d+;t=\d+, "cost";r=\d+;t=\d+$/);
  });

  test('leave in the time that the caller gives, which is never more than the profile has', async () => {
    const { status, bytes } = await send('POST', '{ viewer { id displayName } }', {
      ...signedIn,
      'x-request-timeout-ms': '1',
      'accept-language': 'fr',
    });
    assert.equal(status, 200);
    assert.match(bytes.toString(), /"data":\{"viewer":/);
  });
});
