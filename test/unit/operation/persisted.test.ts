import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../src/config/load.ts';
import { type ClientInfo, unknownClient } from '../../../src/context/client.ts';
import type { Gate } from '../../../src/context/report-only.ts';
import type { GraphQLParams } from '../../../src/context/request-context.ts';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { sha256Hex } from '../../../src/lib/digest.ts';
import { createDocumentFinder, type DocumentFinderOptions, documentPolicy } from '../../../src/operation/persisted.ts';
import type { ManifestEntry } from '../../../src/operation/registry/manifest.ts';
import { enforcing, silentLog } from '../../support/prepare.ts';

const known = 'query Known { viewer { id } }';
const knownDigest = sha256Hex(known);
const other = 'query Other { viewer { id } }';
const otherDigest = sha256Hex(other);
const operations: readonly ManifestEntry[] = [
  { id: `sha256:${knownDigest}`, name: 'Known', version: '1.0.0', publishedAt: '2026-11-21', body: known },
];
const app: ClientInfo = { name: 'app', version: '1.0.0', isIdentified: true, support: 'supported' };

function finder(options: Partial<DocumentFinderOptions> = {}) {
  const find = createDocumentFinder({ operations, mode: 'any', automatic: false, gate: enforcing, ...options });
  return (params: Partial<GraphQLParams>, client: ClientInfo = app) =>
    find({
      client,
      log: silentLog,
      params: {
        query: undefined,
        documentId: undefined,
        operationName: undefined,
        variables: undefined,
        extensions: undefined,
        method: 'POST',
        ...params,
      },
    });
}

const refusedWith = (code: ErrorCode) => (thrown: unknown) => thrown instanceof GatewayError && thrown.code === code;
const hash = (sha256Hash: string, version: unknown = 1): Partial<GraphQLParams> => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

const registered = { digest: knownDigest, text: known, registered: true };

test('a registered operation is found by its id, by bare and by upper-case hex, and by Apollo’s hash', () => {
  const find = finder();
  for (const documentId of [`sha256:${knownDigest}`, knownDigest, `sha256:${knownDigest.toUpperCase()}`])
    assert.deepEqual(find({ documentId }), registered);
  assert.deepEqual(find(hash(knownDigest)), registered);
  assert.deepEqual(find({ documentId: `sha256:${knownDigest}`, ...hash(knownDigest) }), registered);
});

test('the text of a registered operation is that operation', () => {
  for (const mode of ['any', 'trusted'] as const) {
    assert.deepEqual(finder({ mode })({ query: known }), registered);
    assert.deepEqual(finder({ mode })({ query: known, documentId: `sha256:${knownDigest}` }), registered);
  }
});

test('any other text runs where any document may, and nowhere else', () => {
  assert.deepEqual(finder()({ query: other }), { digest: otherDigest, text: other, registered: false });
  assert.throws(() => finder({ mode: 'trusted' })({ query: other }), refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'));
  // A space is another document: only what was published runs.
  assert.throws(() => finder({ mode: 'trusted' })({ query: `${known} ` }), refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'));
});

test('an id that is not registered is not found, whatever it looks like', () => {
  const ids = [
    otherDigest,
    `sha256:${otherDigest}`,
    '',
    'sha256:',
    'sha256:xyz',
    'md5:abc',
    '__proto__',
    'constructor',
    '../manifest',
    `sha512:${knownDigest}`,
    `${knownDigest}0`,
    'a'.repeat(100_000),
  ];
  for (const documentId of ids)
    assert.throws(() => finder()({ documentId }), refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'), documentId.slice(0, 30));
  assert.throws(() => finder()(hash(otherDigest)), refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'));
});

test('ids and text that do not belong together are refused', () => {
  const contradictions: readonly Partial<GraphQLParams>[] = [
    { query: other, documentId: `sha256:${knownDigest}` },
    { query: other, ...hash(knownDigest) },
    { query: known, documentId: 'no digest at all' },
    { documentId: `sha256:${knownDigest}`, ...hash(otherDigest) },
    { documentId: 'no digest at all', ...hash(knownDigest) },
    {},
    { query: known, extensions: { persistedQuery: { version: 1 } } },
    { query: known, ...hash(knownDigest, 2) },
    { query: known, ...hash('abc') },
    ...['text', 7, true, [], {}].map((persistedQuery) => ({ query: known, extensions: { persistedQuery } })),
    { query: known, extensions: { persistedQuery: { version: 1, sha256Hash: { toString: 'x' } } } },
  ];
  for (const params of contradictions)
    assert.throws(() => finder({ automatic: true })(params), refusedWith('BAD_REQUEST'), JSON.stringify(params));
});

test('in development a client may have a document remembered by sending hash and text', () => {
  const find = finder({ automatic: true });
  assert.throws(() => find(hash(otherDigest)), refusedWith('PERSISTED_QUERY_NOT_FOUND'));
  find({ query: other, ...hash(otherDigest) });
  assert.deepEqual(find(hash(otherDigest)), { digest: otherDigest, text: other, registered: false });
  // Other clients ask by documentId and know nothing of sending again.
  assert.throws(
    () => find({ documentId: `sha256:${sha256Hex('never sent')}` }),
    refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'),
  );
});

test('text alone is not remembered, and nothing is in production', () => {
  const find = finder({ automatic: true });
  find({ query: other });
  assert.throws(() => find(hash(otherDigest)), refusedWith('PERSISTED_QUERY_NOT_FOUND'));
  const production = finder();
  production({ query: other, ...hash(otherDigest) });
  assert.throws(() => production(hash(otherDigest)), refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'));
});

test('what is remembered is bounded: old documents make room, registered ones stay', () => {
  const find = finder({ automatic: true });
  find({ query: other, ...hash(otherDigest) });
  for (let index = 0; index < 50; index++) {
    const query = `# ${String(index).padEnd(100_000)}`;
    find({ query, ...hash(sha256Hex(query)) });
  }
  assert.throws(() => find(hash(otherDigest)), refusedWith('PERSISTED_QUERY_NOT_FOUND'));
  assert.deepEqual(find(hash(knownDigest)), registered);
});

test('where operations are trusted a client must say who it is; elsewhere it need not', () => {
  assert.throws(
    () => finder({ mode: 'trusted' })({ documentId: knownDigest }, unknownClient),
    refusedWith('BAD_REQUEST'),
  );
  assert.deepEqual(finder()({ documentId: knownDigest }, unknownClient), registered);
});

test('in a trial run refusals are told and the request goes on', () => {
  const told: unknown[] = [];
  const gate: Gate = { enforces: () => false, refuse: (error) => void told.push(error.context?.['reason']) };
  const find = finder({ mode: 'trusted', gate });
  assert.equal(find({ query: other }, unknownClient).registered, false);
  assert.deepEqual(told, ['unidentified_client', 'unregistered_text']);
  // There is nothing to go on with when only an unknown id came.
  assert.throws(() => find({ documentId: otherDigest }), refusedWith('PERSISTED_DOCUMENT_NOT_FOUND'));
});

test('the configuration says for each process what may run, and development alone remembers', () => {
  const policy = (mode: string, operationsYaml: string) => {
    const text = `version: 1\nmode: ${mode}\nlisteners: { shop: { port: 0, adminPort: 0 } }\nauth: { issuers: [] }\noperations: ${operationsYaml}`;
    return documentPolicy(parseConfig(text, 'test.yaml', {}).config, 'shop');
  };
  assert.deepEqual(policy('production', '{}'), { mode: 'any', automatic: false });
  assert.deepEqual(policy('development', '{}'), { mode: 'any', automatic: true });
  assert.deepEqual(policy('demo', '{}'), { mode: 'any', automatic: true });
  assert.deepEqual(policy('development', '{ mode: trusted }'), { mode: 'trusted', automatic: false });
  assert.deepEqual(policy('production', '{ profiles: { shop: { mode: trusted } } }'), {
    mode: 'trusted',
    automatic: false,
  });
  assert.deepEqual(policy('production', '{ mode: trusted, profiles: { shop: { mode: any } } }'), {
    mode: 'any',
    automatic: false,
  });
});

test('a manifest whose text is not what its id says stops the start', () => {
  const [entry] = operations;
  const forged = [{ ...(entry ?? assert.fail()), body: other }];
  assert.throws(
    () => finder({ operations: forged }),
    /^Error: The published text of Known of 1\.0\.0 is not what its id says/,
  );
});
