import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import type { Principal } from '../../src/context/principal.ts';
import {
  audience,
  issuer,
  issuerConfig,
  policy,
  startAuthenticator,
  type TestAuthenticator,
} from '../support/authenticator.ts';
import { startKeyServer, type KeyServer } from '../support/key-server.ts';
import { suiteCleanup } from '../support/processes.ts';
import { makeSigner } from '../support/token-signer.ts';
import { tokenCases, type TokenCase } from './token-attacks.ts';
import type { Forge } from './token-forge.ts';

const [rs, spare, es, ed, ps, partner, foreign] = await Promise.all(
  ['RS256', 'RS256', 'ES256', 'EdDSA', 'PS256', 'RS256', 'RS256'].map((algorithm) => makeSigner(algorithm)),
);

describe('a caller can be known only by a token that every rule allows', () => {
  const cleanup = suiteCleanup(after);
  let auth: TestAuthenticator;
  let trap: KeyServer;
  let forge: Forge;

  before(async () => {
    assert.ok(rs && spare && es && ed && ps && partner && foreign);
    const keys = await startKeyServer(cleanup, ...[rs, spare, es, ed, ps].map((signer) => signer.publicJwk));
    const partnerKeys = await startKeyServer(cleanup, partner.publicJwk);
    trap = await startKeyServer(cleanup, foreign.publicJwk);
    auth = startAuthenticator(cleanup, {
      config: {
        issuers: [
          issuerConfig(keys.url, { algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] }),
          { ...issuerConfig(partnerKeys.url), issuer: `${issuer}/partner`, audiences: { one: [audience] } },
        ],
      },
    });
    await auth.ready;
    const now = Math.floor(auth.clock.now() / 1000);
    auth.clock.jump(now * 1000 - auth.clock.now());
    forge = { rs, es, ed, ps, partner, foreign, trap: trap.url, clock: auth.clock, now };
  });

  for (const row of tokenCases)
    test(`${row.id} ${row.level} ${row.title}`, async () => {
      const credentials = row.offer(forge);
      // Twice: what is remembered must be judged as what is new.
      for (let round = 0; round < 2; round++) judge(row, await outcome(auth, credentials));
    });

  test('the ids are unique, and there are enough of them', () => {
    assert.equal(new Set(tokenCases.map(({ id }) => id)).size, tokenCases.length);
    assert.ok(tokenCases.length >= 150);
  });

  test('no address out of a token was ever asked', () => {
    assert.equal(trap.fetches, 0);
  });
});

async function outcome(auth: TestAuthenticator, credentials: object): Promise<Principal | GatewayError> {
  try {
    return await auth.authenticate(credentials, policy);
  } catch (error) {
    assert.ok(error instanceof GatewayError, String(error));
    return error;
  }
}

/** Every other refusal is a 401. */
const statuses = new Map([
  ['suspended', 403],
  ['two_kinds', 400],
  ['repeated', 400],
]);

function judge({ verdict }: TokenCase, result: Principal | GatewayError): void {
  if (verdict === 'accepted') {
    assert.ok(!(result instanceof GatewayError), `refused: ${JSON.stringify((result as GatewayError).context)}`);
    assert.notEqual(result.role, 'admin');
    return;
  }
  assert.ok(result instanceof GatewayError, 'it was accepted');
  const reason = String(result.context?.['reason']);
  assert.equal(reason, verdict);
  const status = statuses.get(verdict) ?? 401;
  assert.equal(result.entry.status, status);
  if (status === 403) return;
  // RFC 9110 section 15.5.2: a 401 MUST have a challenge.
  const challenge = result.headers?.['www-authenticate'] ?? '';
  assert.match(
    challenge,
    /^(Bearer|ApiKey) realm="facet"(, error="[a-z_]+", error_description="[\x20\x21\x23-\x5b\x5d-\x7e]+")?$/,
  );
}
