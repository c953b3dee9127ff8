import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { get, head, post } from '../conformance/http-attack.ts';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup } from '../support/processes.ts';
import { type RawAnswer, rawSend } from '../support/raw-http.ts';

/** The values of a header, in the order they came. */
function all(answer: RawAnswer, name: string): string[] {
  return [...answer.text.matchAll(new RegExp(`\\r\\n${name}: ([^\\r]*)`, 'gi'))].map((match) => match[1] ?? '');
}

const shop = { Origin: 'https://shop.example' };
const preflight = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' };

describe('a process for browsers, behind a proxy that it trusts', async () => {
  const { url } = await startGateway(
    suiteCleanup(after),
    'web',
    { browser: { origins: ['https://shop.example', 'https://admin.example'], preflightSeconds: 60, hstsSeconds: 600 } },
    { publicUrl: 'https://api.example/graphql', trustProxy: ['127.0.0.1'], requireHttps: true },
  );
  const secure = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.7' };
  const query = (headers: Record<string, string> = {}) => rawSend(url, post(undefined, { ...secure, ...headers }));

  test('answers a listed page by its own name, with credentials, and lets it read what it needs', async () => {
    for (const origin of ['https://shop.example', 'https://admin.example', 'https://api.example']) {
      const answer = await query({ Origin: origin });
      assert.equal(answer.status, 200);
      assert.deepEqual(all(answer, 'access-control-allow-origin'), [origin]);
      assert.deepEqual(all(answer, 'access-control-allow-credentials'), ['true']);
      for (const name of ['X-Correlation-ID', 'X-Facet-Complete', 'RateLimit', 'X-RateLimit-Remaining', 'Retry-After'])
        assert.ok(all(answer, 'access-control-expose-headers')[0]?.split(', ').includes(name), name);
      assert.match(all(answer, 'vary')[0] ?? '', /\bOrigin\b/);
    }
  });

  test('says nothing of origins to a caller that is no page', async () => {
    assert.deepEqual(all(await query(), 'access-control-allow-origin'), []);
  });

  test('lets a page read its refusals too', async () => {
    const answer = await query({ ...shop, Authorization: 'Bearer x' });
    assert.equal(answer.status, 401);
    assert.deepEqual(all(answer, 'access-control-allow-origin'), ['https://shop.example']);
  });

  test('answers a preflight for every method and header that it takes, to be remembered for a while', async () => {
    const answer = await rawSend(url, [head('OPTIONS /graphql HTTP/1.1', { ...secure, ...shop, ...preflight })]);
    assert.deepEqual([answer.status, answer.body], [204, '']);
    assert.deepEqual(all(answer, 'access-control-allow-origin'), ['https://shop.example']);
    assert.deepEqual(all(answer, 'access-control-allow-methods'), ['GET, POST']);
    assert.deepEqual(all(answer, 'access-control-max-age'), ['60']);
    const names = all(answer, 'access-control-allow-headers')[0]?.split(', ') ?? [];
    for (const name of ['authorization', 'content-type', 'x-facet-csrf', 'traceparent', 'apollographql-client-name'])
      assert.ok(names.includes(name), name);
    assert.doesNotMatch(answer.text, /\*/);
  });

  test('sends the headers that keep a browser from doing anything but read', async () => {
    const answer = await query();
    assert.deepEqual(all(answer, 'x-content-type-options'), ['nosniff']);
    assert.deepEqual(all(answer, 'content-security-policy'), ["default-src 'none'; frame-ancestors 'none'"]);
    assert.deepEqual(all(answer, 'referrer-policy'), ['no-referrer']);
    assert.deepEqual(all(answer, 'strict-transport-security'), ['max-age=600']);
    assert.deepEqual([all(answer, 'x-powered-by'), all(answer, 'server')], [[], []]);
  });

  test('takes only what came by https, by the word of the proxy', async () => {
    for (const proto of [undefined, 'http', 'https, http', 'httpss', '']) {
      const answer = await rawSend(url, post(undefined, { 'X-Forwarded-Proto': proto }));
      assert.deepEqual([proto, answer.status], [proto, 403]);
      assert.match(answer.body, /"code":"INSECURE_TRANSPORT"/);
      assert.deepEqual(all(answer, 'strict-transport-security'), []);
    }
  });

  test('refuses a forwarded page of another site before it asks who calls', async () => {
    const answer = await query({ Origin: 'https://evil.example', Authorization: 'Bearer x' });
    assert.deepEqual([answer.status, all(answer, 'access-control-allow-origin')], [403, []]);
    assert.match(answer.body, /"code":"ORIGIN_NOT_ALLOWED"/);
  });
});

describe('a process for apps', async () => {
  const { url } = await startGateway(suiteCleanup(after), 'mobile', { browser: { origins: ['https://shop.example'] } });

  test('has no word for pages: no header, no preflight, no refusal', async () => {
    const answer = await rawSend(url, post(undefined, shop));
    assert.deepEqual([answer.status, all(answer, 'access-control-allow-origin')], [200, []]);
    const asked = await rawSend(url, [head('OPTIONS /graphql HTTP/1.1', { ...shop, ...preflight })]);
    assert.equal(asked.status, 405);
    assert.doesNotMatch(asked.text, /access-control/i);
    assert.doesNotMatch(answer.text, /\r\nvary: [^\r]*Origin/);
  });

  test('asks for no header against cross-site requests', async () => {
    assert.equal((await rawSend(url, [get({ 'X-Facet-CSRF': undefined })])).status, 200);
  });
});
