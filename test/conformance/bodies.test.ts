import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup } from '../support/processes.ts';
import { bodyAttacks } from './body-attacks.ts';
import { attackedConfig, offer } from './http-attack-suite.ts';

describe('bodies and parameters', async () => {
  const gateway = await startGateway(suiteCleanup(after), 'web', attackedConfig);

  test('the table has hundreds of rows, each with an id of its own', () => {
    assert.ok(bodyAttacks.length > 200, `${bodyAttacks.length} rows`);
    assert.equal(new Set(bodyAttacks.map(({ id }) => id)).size, bodyAttacks.length);
  });

  offer(bodyAttacks, gateway);

  test('no card number is in the log, and the process is well', async () => {
    assert.doesNotMatch(gateway.process.output(), /4111111111111111/);
    assert.deepEqual(
      gateway.lines().filter((line) => line['log.level'] === 'error'),
      [],
    );
    assert.equal((await fetch(new URL('/readyz', gateway.url))).status, 200);
  });
});
