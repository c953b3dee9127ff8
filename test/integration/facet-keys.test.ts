import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { apiKeyId } from '../../src/auth/api-key.ts';
import { run } from '../../src/cli/run.ts';
import { auth as authSection } from '../../src/config/sections/auth.ts';
import { policy, startAuthenticator } from '../support/authenticator.ts';
import { runProcess, temporaryDirectory } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { connectTestRedis } from '../support/redis-client.ts';

async function configFile(t: TestContext, redisUrl = ''): Promise<string> {
  const path = join(await temporaryDirectory(t), 'gateway.yaml');
  await writeFile(path, `version: 1\nlisteners:\n  one: { port: 0, adminPort: 0 }\nredis:\n  url: ${redisUrl}\n`);
  return path;
}

/** Runs one command line in this process. */
async function facet(config: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run([...args, '--config', config], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('facet keys', () => {
  test('makes a key that works at once, lists it, changes its tier and ends it', async (t) => {
    const redis = await startRedis(t);
    const config = await configFile(t, redis.url);
    const { client } = await connectTestRedis(t, redis.url);
    const auth = startAuthenticator(t, { redis: client, config: { apiKeys: { cacheSeconds: 0.05 } } });
    const wanted = '--tier pro --role service --scope orders:read --bff one --expires 90d'.split(' ');
    const made = await facet(config, 'keys', 'create', '--consumer', 'Acme Ltd', ...wanted);
    assert.equal(made.code, 0, made.err);
    const id = apiKeyId(made.out) ?? '';
    assert.match(id, /^[0-9A-Za-z]{12}$/);
    const principal = await auth.authenticate({ apiKey: made.out }, policy);
    assert.deepEqual([principal.role, principal.tier, [...principal.scopes]], ['service', 'pro', ['orders:read']]);

    const listed = await facet(config, 'keys', 'list');
    assert.match(
      listed.out,
      new RegExp(`^${id} +Acme Ltd +service +pro +one +orders:read +\\d{4}-\\d\\d-\\d\\d +good$`, 'm'),
    );
    const json = JSON.parse((await facet(config, 'keys', 'list', '--json')).out) as Record<string, unknown>[];
    assert.deepEqual([json[0]?.['id'], json[0]?.['hash']], [id, undefined]);
    for (const { out, err } of [listed]) assert.ok(!(out + err).includes(made.out));

    assert.equal((await facet(config, 'keys', 'set-tier', id, 'enterprise')).code, 0);
    auth.clock.advance(60);
    assert.equal((await auth.authenticate({ apiKey: made.out }, policy)).tier, 'enterprise');
    assert.equal((await facet(config, 'keys', 'revoke', id)).code, 0);
    auth.clock.advance(60);
    await assert.rejects(async () => auth.authenticate({ apiKey: made.out }, policy), { code: 'UNAUTHENTICATED' });
    assert.match((await facet(config, 'keys', 'list')).out, /revoked$/m);
    assert.equal((await facet(config, 'keys', 'revoke', 'AAAAAAAAAAAA')).code, 1);
  });

  test('without Redis says so, and makes an entry for the configuration instead', async (t) => {
    const config = await configFile(t);
    for (const args of [['list'], ['revoke', 'AAAAAAAAAAAA'], ['create', '--consumer', 'x']]) {
      const { code, err } = await facet(config, 'keys', ...args);
      assert.equal(code, 1);
      assert.match(err, /redis\.url.*--static/s);
    }
    const { out } = await facet(config, 'keys', 'create', '--static', '--json', '--consumer', 'ops', '--tier', 'pro');
    const { key, entry } = JSON.parse(out) as { key: string; entry: unknown };
    assert.doesNotThrow(() => authSection.parse({ apiKeys: { static: [entry] } }));
    const auth = startAuthenticator(t, { config: { apiKeys: { static: [entry] } } });
    assert.equal((await auth.authenticate({ apiKey: key }, policy)).tier, 'pro');
  });

  test('with Redis gone says so in a sentence', async (t) => {
    const redis = await startRedis(t);
    const config = await configFile(t, redis.url);
    await redis.kill();
    const { code, err } = await facet(config, 'keys', 'list');
    assert.deepEqual([code, err], [1, 'Redis cannot be reached at the address of redis.url.']);
  });

  test('refuses words that make no sense with 2 and the usage, before it asks Redis', async (t) => {
    const config = await configFile(t, 'redis://127.0.0.1:1');
    for (const args of [
      [],
      ['drop'],
      ['__proto__'],
      ['create'],
      ['create', '--consumer', ''],
      ['create', '--consumer', 'a\u001b[2J'],
      ['create', '--consumer', 'x', '--tier', 'anonymous'],
      ['create', '--consumer', 'x', '--tier', 'gold'],
      ['create', '--consumer', 'x', '--role', 'root'],
      ['create', '--consumer', 'x', '--bff', 'nine'],
      ['create', '--consumer', 'x', '--scope', 'two words'],
      ['create', '--consumer', 'x', '--expires', 'soon'],
      ['create', '--consumer', 'x', '--expires', '2001-01-01T00:00:00Z'],
      ['create', '--colour', 'red'],
      ['list', 'all'],
      ['revoke'],
      ['revoke', 'fct_AAAAAAAAAAAA'],
      ['set-tier', 'AAAAAAAAAAAA'],
      ['set-tier', 'AAAAAAAAAAAA', 'gold'],
    ]) {
      const { code, err } = await facet(config, 'keys', ...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, /Usage: facet keys/);
    }
  });

  test('is a command of the shell', async (t) => {
    const help = await runProcess(t, 'bin/facet.mjs', { args: ['keys', '--help'] });
    assert.equal(help.code, 0);
    assert.match(help.output, /Usage: facet keys <action>/);
    const unknown = await runProcess(t, 'bin/facet.mjs', { args: ['kees'] });
    assert.equal(unknown.code, 2);
    assert.match(unknown.output, /no command "kees"/);
  });
});
