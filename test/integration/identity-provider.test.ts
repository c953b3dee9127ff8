import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { identities } from '../../demo/services/seed/identities.ts';
import {
  mobileAudience,
  type RunningIdentityProvider,
  startIdentityProvider,
  webAudience,
} from '../support/identity-provider.ts';
import { suiteCleanup, temporaryDirectory } from '../support/processes.ts';

describe('the identity provider', () => {
  let provider: RunningIdentityProvider;
  const suite = suiteCleanup(after);
  before(async () => {
    provider = await startIdentityProvider(suite);
  });

  const verify = (token: string, audience: string) =>
    jwtVerify(token, createRemoteJWKSet(new URL(provider.jwksUri)), {
      issuer: provider.issuer,
      audience,
      algorithms: ['RS256'],
      typ: 'at+jwt',
    });

  test('mints tokens that verify against its published keys, good for both BFFs', async () => {
    const token = await provider.token('customer');
    for (const audience of [webAudience, mobileAudience]) {
      const { payload } = await verify(token, audience);
      assert.deepEqual(payload.aud, [webAudience, mobileAudience]);
    }
  });

  for (const [name, identity] of Object.entries(identities)) {
    test(`says who ${name} is`, async () => {
      const { payload } = await verify(await provider.token(name), webAudience);
      assert.equal(payload.sub, identity.id);
      assert.match(identity.id, /^usr_/);
      assert.equal(payload['role'], identity.role);
      assert.equal(payload['tier'], identity.tier);
      assert.equal(payload['account_status'], identity.accountStatus);
      assert.equal(payload['name'], identity.displayName);
      assert.equal(payload['email'], identity.email);
      assert.equal(payload['locale'], identity.locale);
      assert.equal(payload['zoneinfo'], identity.timeZone);
      assert.match(String(payload['scope']), /orders:read/);
    });
  }

  test('narrows the audience to one BFF when asked', async () => {
    const token = await provider.token('customer', { bff: 'mobile' });
    assert.equal(decodeJwt(token).aud, mobileAudience);
    await assert.rejects(verify(token, webAudience), errors.JWTClaimValidationFailed);
  });

  test('mints what tests need: expired tokens, other subjects, other claims', async () => {
    await assert.rejects(
      verify(await provider.token('customer', { expiresInSeconds: -30 }), webAudience),
      errors.JWTExpired,
    );
    const { payload } = await verify(
      await provider.token('customer', { subject: 'usr_other01', claims: { tier: 'free' }, scope: 'orders:read' }),
      webAudience,
    );
    assert.deepEqual([payload.sub, payload['tier'], payload['scope']], ['usr_other01', 'free', 'orders:read']);
  });

  for (const [what, body] of Object.entries({
    'an unknown identity': { identity: 'nobody' },
    'a name every object has': { identity: 'constructor' },
    'an unknown field': { identity: 'customer', admin: true },
    'a claim that is not for the asking': { identity: 'customer', claims: { iss: 'https://evil.example' } },
    'a lifetime of words': { identity: 'customer', expiresInSeconds: 'long' },
    'a list': [],
  })) {
    test(`refuses ${what} with a coded error`, async () => {
      const response = await fetch(`${provider.issuer}/demo/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.ok(response.status === 400 || response.status === 404, String(response.status));
      const { error } = (await response.json()) as { error: { code: string } };
      assert.match(error.code, /^[a-z_]+$/);
    });
  }

  for (const [what, headers] of Object.entries({
    'a rebound host name': { host: 'evil.example' },
    'a name that only begins like loopback': { host: '127.0.0.1.evil.example' },
    'a page of another origin': { origin: 'https://evil.example' },
    'a page of another port': { origin: 'http://127.0.0.1:1' },
    'a cross-site fetch': { 'sec-fetch-site': 'cross-site' },
    'a request that a proxy forwarded': { 'x-forwarded-for': '203.0.113.9' },
  })) {
    for (const path of ['/demo/token', '/demo/rotate-keys']) {
      test(`keeps ${path} from ${what}`, async () => {
        assert.equal(await statusOf(provider.issuer + path, headers), 403);
      });
    }
  }

  test('signs a person in by authorization code with PKCE and refreshes, without a consent page', async () => {
    const redirectUri = 'http://127.0.0.1:4000/auth/callback';
    const verifier = randomBytes(32).toString('base64url');
    const browser = cookieBrowser();
    const authorize = new URL('/auth', provider.issuer);
    authorize.search = new URLSearchParams({
      client_id: 'facet-web',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid profile email orders:read',
      state: 'xyz',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();

    const page = await browser(authorize.href);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Ava Martinez/);
    const back = await browser(page.url, new URLSearchParams({ identity: 'support' }), redirectUri);
    const callback = new URL(back.headers.get('location') ?? '');
    assert.equal(callback.searchParams.get('state'), 'xyz');

    const first = await exchange(provider.issuer, {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    const { payload } = await verify(first.access_token, webAudience);
    assert.equal(payload.sub, identities.support.id);
    assert.equal(payload['role'], 'support');
    assert.equal(payload['scope'], 'orders:read');
    assert.equal(payload['client_id'], 'facet-web');
    assert.equal(decodeJwt(first.id_token)['name'], identities.support.displayName);

    const second = await exchange(provider.issuer, {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token,
    });
    assert.equal((await verify(second.access_token, webAudience)).payload.sub, identities.support.id);
  });

  test('begins no sign-in without PKCE', async () => {
    const query = 'client_id=facet-web&response_type=code&scope=openid';
    const redirect = encodeURIComponent('http://127.0.0.1:4000/auth/callback');
    const response = await fetch(`${provider.issuer}/auth?${query}&redirect_uri=${redirect}`, { redirect: 'manual' });
    assert.match(response.headers.get('location') ?? '', /error=invalid_request.*PKCE/i);
  });

  test('rotates keys: old tokens verify until their key is withdrawn, new ones name the new key', async () => {
    const old = await provider.token('customer');
    const first = await provider.rotateKeys();
    assert.equal(first.published.length, 2);
    await verify(old, webAudience);
    const fresh = await provider.token('customer');
    assert.equal(decodeProtectedHeader(fresh).kid, first.signing);
    await verify(fresh, webAudience);

    const second = await provider.rotateKeys(0);
    assert.deepEqual(second.published, [second.signing]);
    await assert.rejects(verify(old, webAudience), errors.JWKSNoMatchingKey);
    await assert.rejects(verify(fresh, webAudience), errors.JWKSNoMatchingKey);
  });
});

test('tokens outlive a restart of the provider, and no private key is published or readable by others', async (t) => {
  const dataDir = await temporaryDirectory(t);
  const first = await startIdentityProvider(t, { dataDir });
  const token = await first.token('customer');
  await first.kill('SIGKILL');

  const second = await startIdentityProvider(t, { dataDir });
  const { kid } = decodeProtectedHeader(token);
  const { keys } = (await (await fetch(second.jwksUri)).json()) as { keys: Record<string, unknown>[] };
  assert.deepEqual(
    keys.map((key) => key['kid']),
    [kid],
  );
  assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  await jwtVerify(token, createRemoteJWKSet(new URL(second.jwksUri)), { issuer: first.issuer });
  assert.equal((await stat(`${dataDir}/identity-provider.json`)).mode & 0o077, 0);
});

/** fetch doesn't let a Host header be set; a plain request does. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ identity: 'customer' });
    request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end(body);
  });
}

/** A browser in miniature: keeps cookies, follows redirects up to the one that leaves the provider. */
function cookieBrowser() {
  const cookies = new Map<string, string>();
  return async function visit(url: string, form?: URLSearchParams, stopAt = 'none:'): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      ...(form && { body: form }),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null || location.startsWith(stopAt)) return response;
    return visit(new URL(location, url).href, undefined, stopAt);
  };
}

async function exchange(issuer: string, fields: Record<string, string>) {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('facet-web:facet-demo-only')}` },
    body: new URLSearchParams(fields),
  });
  const body = (await response.json()) as { access_token: string; id_token: string; refresh_token: string };
  assert.equal(response.status, 200, JSON.stringify(body));
  return body;
}
