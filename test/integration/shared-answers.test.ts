import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { after, describe, test } from 'node:test';
import type { IdentityName } from '../../demo/services/seed/identities.ts';
import { suiteCleanup } from '../support/processes.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { startRedis } from '../support/redis.ts';
import { startServices } from '../support/reference-services.ts';
import { type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const people: readonly IdentityName[] = ['customer', 'new-customer', 'support'];

/** One language and time zone for all, so that nothing but the caller tells their requests apart. */
const sameLocale = { 'accept-language': 'en-GB', 'x-time-zone': 'UTC' };

/** Registered operations that read: version and name. */
function readingOperations(client: string): (readonly [version: string, name: string])[] {
  const writes = /^(?:pay-order|quick-pay|cancel-order|refund-payment|update-profile|register-push-token)$/;
  return globSync(`schema/operations/${client}/*/*.graphql`)
    .sort()
    .map((path) => [basename(dirname(path)), basename(path, '.graphql')] as const)
    .filter(([, name]) => !writes.test(name));
}

for (const client of ['web', 'mobile'] as const) {
  describe(`everyone's screens of ${client} over one shared cache`, () => {
    const cleanup = suiteCleanup(after);

    test('whoever asks what, in whatever order, is shown what a gateway without a cache shows', async () => {
      const services = await startServices(cleanup);
      const redis = await startRedis(cleanup);
      const keep = { freshSeconds: 300, staleWhileRevalidateSeconds: 60, staleIfErrorSeconds: 300 };
      const [plain, one, two] = await Promise.all([
        startScreenWorld(cleanup, client, { services }),
        ...[1, 2].map(() =>
          startScreenWorld(cleanup, client, {
            services,
            upstream: { cache: keep },
            config: { redis: { url: redis.url } },
          }),
        ),
      ]);
      const operations = readingOperations(client);
      assert.ok(operations.length >= 4);
      const random = randomNumbers(7);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const shown = async (world: ScreenWorld, [version, name]: (typeof operations)[number], as: IdentityName) => {
        const { data, errors } = await world.screen(version, name, undefined, { as, headers: sameLocale });
        return { data, codes: errors.map(({ extensions, path }) => [path, extensions?.code]) };
      };
      for (let turn = 0; turn < 25; turn++) {
        const asked = Array.from({ length: 6 }, () => ({
          world: pick([one, two] as ScreenWorld[]),
          operation: pick(operations),
          as: pick(people),
        }));
        const answers = await Promise.all(asked.map(({ world, operation, as }) => shown(world, operation, as)));
        for (const [index, { operation, as }] of asked.entries())
          assert.deepEqual(
            answers[index],
            await shown(plain as ScreenWorld, operation, as),
            `${operation.join(' ')} as ${as}`,
          );
      }
      const made = (world: ScreenWorld | undefined) => world?.watch.calls.length ?? 0;
      assert.ok(made(one) + made(two) < made(plain) / 2, `${made(one)} + ${made(two)} of ${made(plain)} calls`);
    });
  });
}
