import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { parseConfig } from '../../../src/config/load.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { asStarted, onlyAtStart } from '../../../src/serve/restart-keys.ts';

const read = (said: object) =>
  parseConfig(
    JSON.stringify({ version: 1, listeners: { web: { port: 1, adminPort: 3 } }, ...said }),
    'gateway.yaml',
    {},
  );

test('what is only read at start keeps its value and is named, whatever else changes', () => {
  const started = read({ workers: 2 });
  const changed = read({
    workers: 4,
    mode: 'demo',
    listeners: { web: { port: 2, adminPort: 3, requireHttps: true } },
    logging: { level: 'warn' },
  });
  const { config, hash, waitForRestart } = asStarted(started.config, changed, 'web');
  assert.deepEqual(waitForRestart, ['mode', 'workers', 'listeners.web.port']);
  assert.deepEqual([config.workers, config.mode, config.listeners['web']?.port], [2, 'production', 1]);
  assert.deepEqual([config.listeners['web']?.requireHttps, config.logging.level], [true, 'warn']);
  assert.equal(hash, changed.hash, 'the version is that of the file');
});

test('a file that says again what it said at the start waits for nothing', () => {
  const started = read({ workers: 2 });
  assert.equal(
    asStarted(started.config, read({ workers: 2, logging: { level: 'warn' } }), 'web').waitForRestart,
    undefined,
  );
});

/**
 * Every key that a running process follows, down to where one place takes over all that is below: sections that `createGateway` is
 * built of anew, and single keys that `GatewayProcess` hands to what it has once. A new key belongs here only once it does follow.
 */
const followed = `
  version admin alerts auth browser cache clients clientIdentity drain enforcement
  idempotency journeys operations overload rateLimit redis tracing upstreams
  listeners.*.publicUrl listeners.*.trustProxy listeners.*.requireHttps
  listeners.*.headersTimeoutMs listeners.*.requestTimeoutMs listeners.*.keepAliveTimeoutMs
  listeners.*.stallTimeoutMs listeners.*.maxConnections
  logging.level logging.anonymiseAddress logging.maxBufferBytes
  playground.tokenUrl reload.watchSeconds
`
  .trim()
  .split(/\s+/);

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
}

/** Every key of the schema that is not a section, with `*` for names that the file chooses. */
function leaves({ properties, additionalProperties }: Shape, path = ''): string[] {
  const inner = typeof additionalProperties === 'object' ? { '*': additionalProperties } : {};
  const below = Object.entries({ ...properties, ...inner });
  if (below.length === 0) return [path];
  return below.flatMap(([key, shape]) => leaves(shape, path ? `${path}.${key}` : key));
}

const isUnder = (leaf: string, key: string): boolean => leaf === key || leaf.startsWith(`${key}.`);

test('every key of the configuration either follows a changed file or is named as needing a restart', () => {
  const keys = leaves(z.toJSONSchema(configSchema, { io: 'input' }) as Shape);
  assert.ok(keys.length > 150, 'the walk finds the keys');
  const known = [...followed, ...onlyAtStart];
  const wrong = keys.filter((leaf) => known.filter((key) => isUnder(leaf, key)).length !== 1);
  assert.deepEqual(wrong, [], 'in neither list, or in both');
  const gone = known.filter((key) => !keys.some((leaf) => isUnder(leaf, key)));
  assert.deepEqual(gone, [], 'in a list and not in the schema');
});
