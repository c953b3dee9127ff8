import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policy, startAuthenticator } from '../support/authenticator.ts';
import { mobileAudience, startIdentityProvider, webAudience } from '../support/identity-provider.ts';
import { waitFor } from '../support/processes.ts';

test("a real provider's tokens are taken, through rotation under load, withdrawal and its death", async (t) => {
  const provider = await startIdentityProvider(t);
  const auth = startAuthenticator(t, {
    config: {
      issuers: [
        {
          issuer: provider.issuer,
          jwks: { uri: provider.jwksUri, refreshSeconds: 0.2, cooldownSeconds: 0.2, timeoutMs: 1_000 },
          audiences: { one: [webAudience], two: [mobileAudience] },
        },
      ],
    },
  });
  await auth.ready;
  const ask = async (token: string, name = 'one') =>
    auth.authenticate({ authorization: `Bearer ${token}` }, { ...policy, name });

  const support = await ask(await provider.token('support'));
  assert.deepEqual([support.role, support.tier, support.subject], ['support', 'enterprise', 'usr_support01']);
  assert.ok(support.scopes.has('support:read'));
  await assert.rejects(ask(await provider.token('suspended')), { code: 'ACCOUNT_SUSPENDED' });
  const narrow = await provider.token('customer', { bff: 'mobile' });
  await assert.rejects(ask(narrow), { code: 'UNAUTHENTICATED' });
  assert.equal((await ask(narrow, 'two')).tier, 'pro');

  // Rotation while tokens are verified: none is refused, neither of the old key nor of the new.
  const old = await provider.token('customer');
  await ask(old);
  let refused = 0;
  let asked = 0;
  const rotated = new AbortController();
  const load = (async () => {
    while (!rotated.signal.aborted) {
      await ask(await provider.token('customer')).catch(() => refused++);
      await ask(old).catch(() => refused++);
      asked += 2;
    }
  })();
  for (let round = 0; round < 3; round++) {
    auth.clock.advance(200); // the cooldown of the rotation before is over
    await provider.rotateKeys(60);
    const before = asked;
    await waitFor(() => asked > before + 10, { what: 'tokens of the new key' });
  }
  rotated.abort();
  await load;
  assert.equal(refused, 0);

  // Withdrawn at once: the remembered token of the old key dies with the next refresh.
  auth.clock.advance(200);
  const doomed = await provider.token('customer');
  await ask(doomed);
  await provider.rotateKeys(0);
  await waitFor(
    async () =>
      ask(doomed).then(
        () => false,
        () => true,
      ),
    { what: 'the withdrawn key to be refused' },
  );

  // Dead: what the key signed before goes on.
  auth.clock.advance(200);
  const late = await provider.token('customer');
  const good = await provider.token('support');
  await ask(good);
  await provider.kill('SIGKILL');
  await waitFor(() => auth.status()[0]?.failing, { what: 'the death to be noticed' });
  assert.equal((await ask(late)).subject, 'usr_customer01');
});
