import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../src/config/config-error.ts';
import { parseConfig } from '../../../src/config/load.ts';

const minimal = `
version: 1
listeners:
  one:
    port: \${ONE_PORT:-4000}
    adminPort: 4100
`;

test('a reference takes its default, and the type that its text has', () => {
  const { config } = parseConfig(minimal, 'test.yaml', {});
  assert.equal(config.listeners['one']?.port, 4000);
});

test('a reference takes the variable when it is set', () => {
  const { config } = parseConfig(minimal, 'test.yaml', { ONE_PORT: '5000' });
  assert.equal(config.listeners['one']?.port, 5000);
});

test('an empty variable counts as not set, as in a shell', () => {
  const { config } = parseConfig(minimal, 'test.yaml', { ONE_PORT: '' });
  assert.equal(config.listeners['one']?.port, 4000);
});

test('every problem is listed at once with its path, and no value is shown', () => {
  const text = `
version: 2
colour: blue
listeners:
  one:
    port: 99999
    adminPort: hunter2
logging:
  level: \${LEVEL}
`;
  assert.throws(
    () => parseConfig(text, 'test.yaml', {}),
    (error) => {
      assert.ok(error instanceof ConfigError);
      const paths = error.problems.map(({ path }) => path);
      for (const path of ['version', 'colour', 'listeners.one.port', 'listeners.one.adminPort', 'logging.level'])
        assert.ok(paths.includes(path), `${path} is missing in ${paths.join(', ')}`);
      assert.ok(!error.message.includes('hunter2'));
      assert.match(error.message, /LEVEL is not set/);
      return true;
    },
  );
});

test('broken YAML is told with its place', () => {
  assert.throws(() => parseConfig('version: [1', 'test.yaml', {}), /test\.yaml has a problem:[^]*line 1,/);
});

test('the loaded configuration is frozen to its leaves', () => {
  const { config } = parseConfig(minimal, 'test.yaml', {});
  assert.throws(() => {
    (config.listeners['one'] as { port: number }).port = 1;
  }, TypeError);
});

test('the hash follows the effective values', () => {
  const one = parseConfig(minimal, 'test.yaml', {}).hash;
  assert.equal(one, parseConfig(`# a comment\n${minimal}`, 'other.yaml', {}).hash);
  assert.notEqual(one, parseConfig(minimal, 'test.yaml', { ONE_PORT: '1' }).hash);
});

test('production on an address that others reach wants an idempotency secret of its own', () => {
  const load = (mode: string, host: string, secret?: string) =>
    parseConfig(
      JSON.stringify({
        version: 1,
        mode,
        listeners: { one: { port: 4000, adminPort: 4100 }, two: { host, port: 4001, adminPort: 4101 } },
        ...(secret && { idempotency: { secret } }),
      }),
      'test.yaml',
      {},
    );
  for (const host of ['0.0.0.0', '::', '10.0.0.7', 'gateway.example'])
    assert.throws(
      () => load('production', host),
      (error: ConfigError) => {
        assert.deepEqual(
          error.problems.map(({ path }) => path),
          ['idempotency.secret'],
        );
        return true;
      },
    );
  for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) assert.ok(load('production', host));
  assert.ok(load('development', '0.0.0.0'));
  assert.ok(load('production', '0.0.0.0', 'a-secret-of-our-own-with-32-characters'));
});
