import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sha256Hex } from '../../src/lib/digest.ts';
import { readManifest } from '../../src/operation/registry/manifest.ts';
import { documentAttacks } from '../conformance/document-attacks.ts';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup } from '../support/processes.ts';

/** Nobody here is counted: the subject is documents. */
const unlimited = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000_000 };
const rateLimit = { burst: { requests: 1_000_000 }, tiers: { free: unlimited, anonymous: unlimited } };

const clients = {
  'facet-mobile': {
    minimumVersion: '0.9.0',
    recommendedVersion: '1.0.0',
    storeUrl: 'https://store.example/facet',
    message: 'There is a new version in the store.',
  },
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown>;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
    readonly extensions?: Record<string, unknown>;
  };
}

/** A process of one client with its own configuration; what it gives is how to ask it. */
function gateway(client: 'web' | 'mobile', config: object) {
  const cleanup = suiteCleanup(after);
  let url = '';
  before(async () => {
    url = (await startGateway(cleanup, client, { rateLimit, ...config })).url;
  });
  const read = async (response: Response): Promise<Answer> => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  });
  const headersOf = (headers: Record<string, string>) => ({
    accept: 'application/graphql-response+json',
    'apollo-require-preflight': 'true',
    ...headers,
  });
  return {
    post: async (params: object, headers: Record<string, string> = {}): Promise<Answer> =>
      read(
        await fetch(url, {
          method: 'POST',
          headers: headersOf({ 'content-type': 'application/json', ...headers }),
          body: JSON.stringify(params),
        }),
      ),
    get: async (params: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
      read(await fetch(`${url}?${new URLSearchParams(params)}`, { headers: headersOf(headers) })),
  };
}

const codeOf = ({ body }: Answer): unknown => body.errors?.[0]?.extensions['code'];
const costOf = ({ extensions }: Answer['body']): Record<string, number> =>
  (extensions?.['cost'] ?? {}) as Record<string, number>;
const named = (version: string) => ({
  'apollographql-client-name': 'facet-mobile',
  'apollographql-client-version': version,
});
const appStatus = readManifest('.', 'mobile').operations.find(({ name }) => name === 'AppStatus') ?? assert.fail();
const supported = { appStatus: { support: 'SUPPORTED', message: null, storeUrl: null } };

describe('a process that trusts registered operations only', () => {
  const { post, get } = gateway('mobile', { operations: { mode: 'trusted', idParameters: ['doc_id'] }, clients });
  const current = named('1.0.0');

  test('runs one by its id, by Apollo’s hash, by an older parameter, by its text, and by GET', async () => {
    const sha256Hash = appStatus.id.slice('sha256:'.length);
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    for (const params of [
      { documentId: appStatus.id },
      { extensions },
      { doc_id: sha256Hash },
      { query: appStatus.body },
      { query: appStatus.body, documentId: appStatus.id, operationName: 'AppStatus' },
    ])
      assert.deepEqual((await post(params, current)).body.data, supported, JSON.stringify(params));
    assert.deepEqual((await get({ documentId: appStatus.id }, current)).body.data, supported);
    assert.deepEqual((await get({ extensions: JSON.stringify(extensions) }, current)).body.data, supported);
  });

  test('refuses any other document, and any unknown id, with 404', async () => {
    for (const params of [
      { query: '{ appStatus { support } }' },
      { query: `${appStatus.body} ` },
      { documentId: `sha256:${sha256Hex('{ appStatus { support } }')}` },
      { documentId: 'AppStatus' },
    ]) {
      const answer = await post(params, current);
      assert.deepEqual([answer.status, codeOf(answer)], [404, 'PERSISTED_DOCUMENT_NOT_FOUND'], JSON.stringify(params));
    }
  });

  test('refuses who does not say which app asks', async () => {
    for (const headers of [
      {},
      { 'apollographql-client-name': 'facet-mobile' },
      { 'apollographql-client-version': '1' },
    ]) {
      const answer = await post({ documentId: appStatus.id }, headers as Record<string, string>);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'BAD_REQUEST']);
    }
  });

  test('tells a retired build to update, whatever it asks but appStatus', async () => {
    const refused = await post({ documentId: 'sha256:gone' }, named('0.8.9'));
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'CLIENT_VERSION_UNSUPPORTED']);
    assert.equal(refused.body.errors?.[0]?.extensions['storeUrl'], 'https://store.example/facet');
    const answered = await post({ documentId: appStatus.id }, named('0.8.9'));
    assert.deepEqual(answered.body.data, {
      appStatus: {
        support: 'UPDATE_REQUIRED',
        message: 'There is a new version in the store.',
        storeUrl: 'https://store.example/facet',
      },
    });
    const advised = await post({ documentId: appStatus.id }, named('0.9.5'));
    assert.match(JSON.stringify(advised.body.data), /"support":"UPDATE_RECOMMENDED"/);
    for (const version of ['banana', '1', '99.0.0'])
      assert.deepEqual((await post({ documentId: appStatus.id }, named(version))).body.data, supported);
  });

  test('refuses ids and text that contradict each other', async () => {
    for (const params of [
      { query: '{ appStatus { support } }', documentId: appStatus.id },
      { documentId: appStatus.id, doc_id: 'other' },
      {},
    ]) {
      const answer = await post(params, current);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'BAD_REQUEST'], JSON.stringify(params));
    }
  });
});

describe('a process in development', () => {
  const { post, get } = gateway('mobile', { mode: 'development', clients });
  const query = '{ appStatus { support } __typename }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256Hex(query) } };

  test('remembers a document as stock clients expect: hash, refusal, hash and text, hash', async () => {
    const missed = await get({ extensions: JSON.stringify(extensions) });
    assert.equal(missed.status, 200);
    assert.deepEqual(
      [missed.body.errors?.[0]?.message, codeOf(missed)],
      ['PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND'],
    );
    const data = { appStatus: { support: 'SUPPORTED' }, __typename: 'Query' };
    assert.deepEqual((await post({ query, extensions })).body.data, data);
    assert.deepEqual((await get({ extensions: JSON.stringify(extensions) })).body.data, data);
  });

  test('shows the cost to who asks for it, and what is left of the budget', async () => {
    const { body } = await post({ query, extensions: { cost: true } });
    const { estimate, actual, remaining } = costOf(body);
    assert.deepEqual([estimate, actual], [1, 1]);
    assert.ok(remaining !== undefined && remaining > 999_000_000);
    assert.equal((await post({ query })).body.extensions, undefined);
  });

  test('counts nothing for introspection', async () => {
    const { body } = await post({
      query: '{ __schema { types { name fields { name type { name kind ofType { name } } } } } }',
      extensions: { cost: true },
    });
    assert.equal(costOf(body)['estimate'], 0);
  });
});

describe('a process under attack', () => {
  const { post } = gateway('web', {});

  test('answers every attacking document with its own code and never with a 5xx', async () => {
    const wrong: string[] = [];
    for (const { id, document, expects, operationName } of documentAttacks) {
      const params = { query: document, ...(operationName && { operationName }) };
      const answer = await post(params);
      const code = codeOf(answer);
      // Bodies above the limit never become documents. What is harmless may still be asked by nobody but a signed-in caller.
      const allowed = new Set<unknown>(expects === 'OK' ? [undefined, 'UNAUTHENTICATED', 'BAD_USER_INPUT'] : [expects]);
      if (JSON.stringify(params).length > 262_144) allowed.add('PAYLOAD_TOO_LARGE');
      const tooLong = JSON.stringify(answer.body).length > 15_000;
      if (answer.status >= 500 || !allowed.has(code) || tooLong) wrong.push(`${id}: ${answer.status} ${String(code)}`);
    }
    assert.deepEqual(wrong, []);
  });
});
