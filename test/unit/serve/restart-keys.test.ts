import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../src/config/load.ts';
import { asStarted } from '../../../src/serve/restart-keys.ts';

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
    logging: { level: 'warn', maxBufferBytes: 20_000 },
  });
  const { config, hash, waitForRestart } = asStarted(started.config, changed, 'web');
  assert.deepEqual(waitForRestart, ['mode', 'workers', 'logging.maxBufferBytes', 'listeners.web.port']);
  assert.deepEqual([config.workers, config.mode, config.listeners['web']?.port], [2, 'production', 1]);
  assert.deepEqual([config.listeners['web']?.requireHttps, config.logging.level], [true, 'warn']);
  assert.equal(config.logging.maxBufferBytes, started.config.logging.maxBufferBytes);
  assert.equal(hash, changed.hash, 'the version is that of the file');
});

test('a file that says again what it said at the start waits for nothing', () => {
  const started = read({ workers: 2 });
  assert.equal(
    asStarted(started.config, read({ workers: 2, logging: { level: 'warn' } }), 'web').waitForRestart,
    undefined,
  );
});
