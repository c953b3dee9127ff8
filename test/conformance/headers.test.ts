import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup } from '../support/processes.ts';
import { headerAttacks } from './header-attacks.ts';
import { attackedConfig, offer } from './http-attack-suite.ts';

describe('request lines and headers', async () => {
  const gateway = await startGateway(suiteCleanup(after), 'web', attackedConfig);

  test('the table has hundreds of rows, each with an id of its own', () => {
    assert.ok(headerAttacks.length > 250, `${headerAttacks.length} rows`);
    assert.equal(new Set(headerAttacks.map(({ id }) => id)).size, headerAttacks.length);
  });

  offer(headerAttacks, gateway);

  test('nobody was believed about an address, and the process is well', async () => {
    const addresses = new Set(gateway.lines().map((line) => line['source.ip']));
    assert.deepEqual([...addresses].filter(Boolean), ['127.0.0.1']);
    assert.deepEqual(
      gateway.lines().filter((line) => line['log.level'] === 'error'),
      [],
    );
    assert.equal((await fetch(new URL('/readyz', gateway.url))).status, 200);
  });
});
