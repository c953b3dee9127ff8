import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import { toHttpRefusal } from '../../src/errors/to-http.ts';
import { clients, prepareOf } from '../support/prepare.ts';
import { tooComplex } from '../../src/operation/limits/too-complex.ts';
import { documentAttacks } from './document-attacks.ts';
import { within } from '../support/within.ts';

const maxMs = 100;
const { maxCost } = (clients['web'] ?? assert.fail()).profile.limits;

/** What a document meets before anything is fetched. */
function admit(document: string, operationName: string | undefined): GatewayError | undefined {
  // A new store each time, so that no attack profits from another one.
  const prepare = prepareOf('web');
  try {
    const cost = prepare({ query: document, operationName }).cost.estimate(undefined);
    return cost > maxCost ? tooComplex('cost', maxCost, '') : undefined;
  } catch (thrown) {
    assert.ok(thrown instanceof GatewayError, `not a coded error: ${String(thrown)}`);
    return thrown;
  }
}

/** The quickest of up to three tries: a busy machine is no property of a document either. */
function timed(document: string, operationName: string | undefined) {
  let tookMs = Infinity;
  let refusal: GatewayError | undefined;
  for (let tries = 0; tries < 3 && tookMs > maxMs; tries++) {
    const startedAt = performance.now();
    refusal = admit(document, operationName);
    tookMs = Math.min(tookMs, performance.now() - startedAt);
  }
  return { refusal, tookMs };
}

test('there are hundreds of attacks, each with a name of its own', () => {
  assert.ok(documentAttacks.length >= 250, `only ${documentAttacks.length}`);
  assert.equal(new Set(documentAttacks.map(({ id }) => id)).size, documentAttacks.length);
});

// The first use of each code path pays for its compilation; that is no property of a document.
for (const { document, operationName } of documentAttacks.slice(0, 40)) admit(document, operationName);

for (const { id, document, expects, limit, operationName } of documentAttacks) {
  test(id, () => {
    const { refusal, tookMs } = timed(document, operationName);
    assert.equal(refusal?.code ?? 'OK', expects);
    if (limit !== undefined) assert.equal(refusal?.details?.['limit'], limit);
    assert.ok(tookMs < within(maxMs), `took ${tookMs.toFixed(0)} ms`);
    if (!refusal) return;
    const { status, body } = toHttpRefusal(refusal, false);
    assert.ok(status >= 400 && status < 500, `status ${status}`);
    assert.ok(JSON.stringify(body).length < 15_000, 'the input is not echoed at length');
  });
}
