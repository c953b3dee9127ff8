import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { suiteCleanup } from '../support/processes.ts';
import { type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const screen = `query Screen { viewer { id displayName phone orders(first: 2) { nodes { id number } } } }`;

/** Records are old at once here, so that each answer shows whether its service was asked. */
const keep = { freshSeconds: 0, staleIfErrorSeconds: 300 };

describe('a screen while one of its services is dead', () => {
  const cleanup = suiteCleanup(after);
  let world: ScreenWorld;

  before(async () => {
    world = await startScreenWorld(cleanup, 'web', { upstream: { cache: keep } });
  });

  test('shows the person as last known, says so, and may be kept by nobody', async () => {
    const whole = await world.ask(screen);
    assert.equal(whole.headers.get('x-facet-complete'), 'complete');
    assert.equal(whole.extensions, undefined);
    await world.services.users.close();

    const old = await world.ask(screen);
    assert.equal(old.status, 200);
    assert.deepEqual(old.data, whole.data);
    assert.deepEqual(old.errors, []);
    assert.equal(old.headers.get('x-facet-complete'), 'stale');
    assert.equal(old.headers.get('cache-control'), 'no-store');
    const [part, ...others] = old.extensions.freshness.stale;
    assert.deepEqual(others, []);
    assert.equal(part.service, 'users');
    assert.match(part.reason, /^(?:upstream_error|breaker_open)$/);
    assert.ok(part.ageSeconds >= 0 && part.ageSeconds < 60);
  });

  test('shows it to its owner only: another person has what the token says, and gaps with their reason', async () => {
    const other = await world.ask(screen, {}, { as: 'new-customer' });
    assert.equal(other.headers.get('x-facet-complete'), 'partial');
    assert.equal(other.data.viewer.displayName, 'Haruto Tanaka');
    assert.equal(other.data.viewer.phone, null);
    assert.deepEqual(
      other.errors.map(({ path, extensions }) => [path, extensions.code, extensions.service]),
      [[['viewer', 'phone'], 'UPSTREAM_UNAVAILABLE', 'users']],
    );
  });
});
