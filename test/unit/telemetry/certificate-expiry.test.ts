import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CertificateExpiry, endOf } from '../../../src/telemetry/certificate-expiry.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { createAuthority } from '../../support/certificates.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const dayMs = 86_400_000;

test('a certificate is warned of each day of its last fourteen, and as an error once it has ended', async (t) => {
  const { caFile } = await createAuthority(t);
  const pem = readFileSync(caFile, 'utf8');
  const endsAt = endOf(pem);
  const clock = new ManualClock(endsAt - 16 * dayMs);
  const levels: string[] = [];
  const destination = {
    write: (line: string) => void levels.push((JSON.parse(line) as Record<string, string>)['log.level']!),
  };
  const metrics = new Metrics();
  const expiry = new CertificateExpiry({ clock, metrics, log: createLogger({ level: 'info', base: {}, destination }) });
  t.after(() => expiry.close());

  expiry.shows('listener', pem);
  assert.match(await metrics.expose(), new RegExp(`\\{certificate="listener"\\} ${endsAt / 1_000}\\b`));
  assert.deepEqual(levels, []);
  clock.advance(2 * dayMs);
  expiry.evaluate();
  assert.deepEqual(levels, ['warn']);
  clock.advance(dayMs / 2);
  expiry.evaluate();
  assert.deepEqual(levels, ['warn'], 'not twice in a day');
  clock.advance(dayMs / 2);
  expiry.evaluate();
  assert.deepEqual(levels, ['warn', 'warn']);
  clock.advance(13 * dayMs);
  expiry.evaluate();
  assert.deepEqual(levels, ['warn', 'warn', 'error']);
});

test('text without a certificate is an error', () => {
  assert.throws(() => endOf('nothing'), /no certificate/);
});
