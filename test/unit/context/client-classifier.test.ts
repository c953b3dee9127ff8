import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clients } from '../../../src/config/sections/clients.ts';
import { createClientClassifier } from '../../../src/context/client-classifier.ts';

const classify = createClientClassifier(
  clients.parse({
    app: {
      minimumVersion: '1.2.0',
      recommendedVersion: '2.0.0',
      storeUrl: 'https://store.example/app',
      message: 'Please update.',
    },
    page: {},
  }),
);

test('a build below the minimum is unsupported, and told where to update', () => {
  assert.deepEqual(classify('app', '1.1.9'), {
    name: 'app',
    version: '1.1.9',
    isIdentified: true,
    support: 'unsupported',
    message: 'Please update.',
    storeUrl: 'https://store.example/app',
    minimumVersion: '1.2.0',
  });
});

test('a build between minimum and recommendation is asked to update', () => {
  for (const version of ['1.2.0', '1.9', 'v1.99.3', '2.0.0-beta'])
    assert.deepEqual(classify('app', version), {
      name: 'app',
      version,
      isIdentified: true,
      support: 'update_recommended',
      message: 'Please update.',
      storeUrl: 'https://store.example/app',
    });
});

test('a current build has nothing to be told', () => {
  for (const version of ['2.0.0', '2.0', '3.1.4'])
    assert.deepEqual(classify('app', version), { name: 'app', version, isIdentified: true, support: 'supported' });
});

test('a client without versions in the configuration is always supported', () => {
  assert.equal(classify('page', '0.0.1').support, 'supported');
});

test('nobody is locked out by a name or version that cannot be judged', () => {
  const strange = ['latest', '', '1.2.3.4', '-1', '999999999999', 'a'.repeat(100_000), '__proto__', '0x1', 'NaN'];
  for (const version of strange) {
    const client = classify('app', version);
    assert.equal(client.support, 'supported', version.slice(0, 20));
    assert.equal(client.version, '');
  }
  for (const name of ['other', '__proto__', 'constructor', 'a'.repeat(100_000)])
    assert.deepEqual(classify(name, '0.0.1'), {
      name: 'unknown',
      version: '0.0.1',
      isIdentified: true,
      support: 'supported',
    });
});

test('a request without the headers has not said who asks', () => {
  for (const [name, version] of [
    [undefined, undefined],
    ['app', undefined],
    [undefined, '1.0.0'],
    ['', '1.0.0'],
  ] as const)
    assert.equal(classify(name, version).isIdentified, false);
  // Logs and metrics say what was said all the same.
  assert.deepEqual(
    ['app', 'other'].map((name) => classify(name, undefined).name),
    ['app', 'unknown'],
  );
});

test('a version in the configuration that cannot be read is refused there', () => {
  assert.equal(clients.safeParse({ app: { minimumVersion: 'newest' } }).success, false);
});
