import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browser } from '../../../src/config/sections/browser.ts';
import { clientIdentity } from '../../../src/config/sections/clients.ts';
import { createCrossOrigin } from '../../../src/ingress/cross-origin.ts';

const made = (publicUrl?: string) =>
  createCrossOrigin({
    profile: { cors: 'configured', get: true },
    browser: browser.parse({ origins: ['https://shop.example'] }),
    clientIdentity: clientIdentity.parse({}),
    publicUrl,
  });

const admits = (crossOrigin: ReturnType<typeof made>, origin: string, host: string): boolean => {
  try {
    return crossOrigin.admit({ origin, host }) !== undefined;
  } catch {
    return false;
  }
};

describe('without a public URL', () => {
  const crossOrigin = made();
  const rows: readonly (readonly [origin: string, host: string, admitted: boolean])[] = [
    ['http://localhost:4000', 'localhost:4000', true],
    ['http://127.0.0.1:8080', '127.0.0.1:8080', true],
    ['http://[::1]:4000', '[::1]:4000', true],
    ['https://localhost', 'localhost', true],
    ['http://localhost:3000', 'localhost:4000', false],
    ['http://localhost:4000', '127.0.0.1:4000', false],
    ['http://evil.example', 'evil.example', false],
    ['http://evil.example:4000', 'evil.example:4000', false],
    ['http://localhost.evil.example', 'localhost.evil.example', false],
    ['null', 'localhost', false],
    ['https://shop.example', 'evil.example', true],
  ];
  for (const [origin, host, admitted] of rows)
    test(`a page of ${origin} that calls ${host} is ${admitted ? 'admitted' : 'refused'}`, () =>
      assert.equal(admits(crossOrigin, origin, host), admitted));

  test('an own page gets no permission that another could use', () => {
    assert.deepEqual(crossOrigin.admit({ origin: 'http://localhost:1', host: 'localhost:1' })?.list, []);
    assert.equal(admits(crossOrigin, 'http://localhost:1', 'gateway.example'), false);
  });
});

test('with a public URL that one counts, and loopback no more', () => {
  const crossOrigin = made('https://api.example/graphql');
  assert.equal(admits(crossOrigin, 'https://api.example', 'x'), true);
  assert.equal(admits(crossOrigin, 'http://localhost:4000', 'localhost:4000'), false);
});

test('an origin that is written as no browser sends it is a mistake of the configuration', () => {
  for (const origin of [
    'https://shop.example/',
    'https://SHOP.example',
    'shop.example',
    '*',
    'https://shop.example:443',
  ])
    assert.equal(browser.safeParse({ origins: [origin] }).success, false, origin);
});
