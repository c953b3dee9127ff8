import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAnswerReport } from '../../../src/context/call-context.ts';
import type { ClientInfo } from '../../../src/context/client.ts';
import type { Decoded } from '../../../src/context/request-context.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { toHttpRefusal } from '../../../src/errors/to-http.ts';
import type { Prepare } from '../../../src/operation/prepare.ts';
import { createPrepareStage } from '../../../src/operation/prepare-stage.ts';
import { prepareOf, silentLog } from '../../support/prepare.ts';

const retired: ClientInfo = {
  name: 'app',
  version: '0.9.0',
  isIdentified: true,
  support: 'unsupported',
  message: 'Please update.',
  storeUrl: 'https://store.example/app',
  minimumVersion: '1.0.0',
};
const current: ClientInfo = { name: 'app', version: '1.0.0', isIdentified: true, support: 'supported' };

function ask(query: string, client: ClientInfo, status: 403 | 426 = 403, variables?: Record<string, unknown>) {
  const prepare = prepareOf('mobile');
  const stage = createPrepareStage(
    (({ params, client: asking }) => prepare(params, asking)) as Prepare,
    status,
    () => {},
  );
  const params = { query, variables, method: 'POST' };
  const context = { client, log: silentLog, report: newAnswerReport(), params } as unknown as Decoded;
  try {
    return stage(context).prepared.rootFields.join();
  } catch (thrown) {
    assert.ok(thrown instanceof GatewayError, String(thrown));
    return thrown;
  }
}

test('a retired build may ask for appStatus, by any spelling of it', () => {
  for (const query of [
    '{ appStatus { support } }',
    'query S { __typename now: appStatus { support storeUrl } }',
    '{ ...S } fragment S on Query { appStatus { support } }',
    '{ ... on Query { a: appStatus { support } b: appStatus { message } } }',
  ])
    assert.equal(typeof ask(query, retired), 'string', query);
});

test('a retired build gets one answer to everything else, also to what would not run anyway', () => {
  for (const query of [
    '{ home { greeting } }',
    '{ appStatus { support } home { greeting } }',
    '{ appStatus: home { greeting } }',
    '{ ...S } fragment S on Query { appStatus { support } savedMethods { id } }',
    '{ appStatus { support } ... @include(if: false) { home { greeting } } }',
    'mutation { registerPushToken(input: {platform: FCM, token: "t"}) { __typename } }',
    '{ gone }',
    '{',
    '{ __schema { types { name } } }',
  ]) {
    const refusal = ask(query, retired);
    assert.ok(refusal instanceof GatewayError && refusal.code === 'CLIENT_VERSION_UNSUPPORTED', query);
  }
});

test('the refusal says where to update: 403, or 426 with an Upgrade header', () => {
  const forbidden = ask('{ home { greeting } }', retired);
  assert.ok(forbidden instanceof GatewayError);
  const { status, headers, body } = toHttpRefusal(forbidden, true);
  assert.equal(status, 403);
  assert.deepEqual(headers, {});
  assert.equal(body.errors[0]?.message, 'Please update.');
  assert.deepEqual(body.errors[0]?.extensions, {
    code: 'CLIENT_VERSION_UNSUPPORTED',
    retryable: false,
    minimumVersion: '1.0.0',
    storeUrl: 'https://store.example/app',
  });
  const upgrade = ask('{ home { greeting } }', retired, 426);
  assert.ok(upgrade instanceof GatewayError);
  assert.equal(toHttpRefusal(upgrade, false).status, 426);
  assert.equal(toHttpRefusal(upgrade, false).headers['upgrade'], 'app/1.0.0');
});

test('other builds are not asked about their version', () => {
  for (const client of [current, { ...current, support: 'update_recommended' } as const])
    assert.equal(ask('{ home { greeting } }', client), 'home');
});

/** `depth` objects in each other. */
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => ({ inner }), 1);

test('variables have bounds, checked for every request', () => {
  const query = 'query ($after: String) { orders(after: $after) { pageInfo { endCursor } } }';
  const cases: readonly (readonly [Record<string, unknown>, string | undefined])[] = [
    [{ after: 'x' }, undefined],
    [{ after: 'x'.repeat(16_384) }, undefined],
    [{ after: 'x'.repeat(16_385) }, 'variableTextLength'],
    [{ after: nested(9) }, undefined],
    [{ after: nested(10) }, 'variableDepth'],
    [{ after: nested(50_000) }, 'variableDepth'],
    [JSON.parse(`{"after":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) as Record<string, unknown>, 'variableDepth'],
    [{ after: Array.from({ length: 998 }, () => 0) }, undefined],
    [{ after: Array.from({ length: 999 }, () => 0) }, 'variableValues'],
    [Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [index, null])), 'variableValues'],
    [{ ['k'.repeat(16_385)]: 1 }, 'variableTextLength'],
    [JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>, undefined],
  ];
  for (const [variables, limit] of cases) {
    const answer = ask(query, current, 403, variables);
    if (limit === undefined) assert.equal(answer, 'orders');
    else assert.equal(answer instanceof GatewayError && answer.details?.['limit'], limit);
  }
});

test('each refusal is heard of, once, and nothing else is', () => {
  const prepare = prepareOf('mobile');
  const heard: unknown[] = [];
  const stage = createPrepareStage((({ params }) => prepare(params)) as Prepare, 403, (context) => heard.push(context));
  const context = (params: object): Decoded =>
    ({
      client: current,
      log: silentLog,
      report: newAnswerReport(),
      params: { method: 'POST', ...params },
    }) as unknown as Decoded;
  stage(context({ query: '{ home { greeting } }' }));
  assert.deepEqual(heard, []);
  const bad = [context({ query: '{' }), context({ query: '{ home { greeting } }', variables: { a: nested(20) } })];
  for (const one of bad) assert.throws(() => stage(one), GatewayError);
  assert.deepEqual(heard, bad);
});

test('the way out is told the bound on calls and the waves that are planned', () => {
  const prepare = prepareOf('mobile');
  const told = Object.assign(({ params }: Pick<Decoded, 'params'>) => prepare(params), {
    maxUpstreamCalls: 7,
    documentOf: () => undefined,
  });
  const context = {
    client: current,
    log: silentLog,
    report: newAnswerReport(),
    params: { method: 'POST', query: '{ home { activeOrders { payment { statusText } } } }' },
  };
  const { report } = createPrepareStage(told as Prepare, 403, () => {})(context as unknown as Decoded);
  assert.equal(report.maxCalls, 7);
  assert.equal(report.plannedWaves, 2);
});
