import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { createAuthority } from '../support/certificates.ts';
import { freePorts, startProcess, temporaryDirectory, waitFor } from '../support/processes.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { redisServerBinary, startRedis } from '../support/redis.ts';

const commandTimeoutMs = 1_000;

describe('Redis with a password', () => {
  test('is used with user and password of the URL, which stand in no log line', async (t) => {
    const server = await startRedis(t);
    await server.cli('acl', 'setuser', 'facet', 'on', '>s3cr%t', '~*', '&*', '+@all');
    await server.cli('acl', 'setuser', 'default', 'off');
    const { client, lines } = await connectTestRedis(t, `redis://facet:s3cr%25t@127.0.0.1:${server.port}/3`, {
      commandTimeoutMs,
    });
    assert.equal(await client.set('key', 'value', 10_000), true);
    assert.equal(await client.get('key'), 'value');
    assert.doesNotMatch(JSON.stringify(lines), /s3cr/);
  });

  test('that is wrong is lost, never used without', async (t) => {
    const server = await startRedis(t, ['--requirepass', 'right']);
    const url = `redis://:wrong@127.0.0.1:${server.port}`;
    const { client, lines } = await connectTestRedis(t, url, { commandTimeoutMs }, false);
    await waitFor(() => lines.length > 0, { what: 'the loss to be told' });
    assert.equal(lines[0]?.['event.action'], 'redis.lost');
    assert.match(String(lines[0]?.['event.reason']), /wrongpass|noauth/);
    assert.equal(client.available, false);
  });
});

describe('Redis over TLS', () => {
  async function startTls(t: TestContext) {
    const authority = await createAuthority(t);
    const { certFile, keyFile } = await authority.issue('server', 'IP:127.0.0.1');
    const [tlsPort = 0] = await freePorts(1);
    const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', authority.caFile];
    await startRedis(t, ['--tls-port', String(tlsPort), ...files]);
    return { authority, url: `rediss://127.0.0.1:${tlsPort}`, caFile: authority.caFile };
  }

  test('is used when both sides show a certificate of the authority', async (t) => {
    const { authority, url, caFile } = await startTls(t);
    const tls = { caFile, ...(await authority.issue('facet', 'DNS:facet.test')) };
    const { client } = await connectTestRedis(t, url, { commandTimeoutMs, tls });
    assert.equal(await client.set('key', 'value', 10_000), true);
    const received: string[] = [];
    client.subscribe('news', (message) => received.push(message));
    await waitFor(async () => (await client.publish('news', 'one'), received.includes('one')), { what: 'a message' });
  });

  test('is found again with new files, when its authority and both certificates were exchanged', async (t) => {
    const directory = await temporaryDirectory(t);
    const at = (name: string): string => join(directory, name);
    const install = async (): Promise<void> => {
      const authority = await createAuthority(t);
      const [server, own] = [await authority.issue('redis', 'IP:127.0.0.1'), await authority.issue('facet', 'DNS:a.b')];
      copyFileSync(authority.caFile, at('ca.pem'));
      copyFileSync(server.certFile, at('server.pem'));
      copyFileSync(server.keyFile, at('server-key.pem'));
      copyFileSync(own.certFile, at('own.pem'));
      copyFileSync(own.keyFile, at('own-key.pem'));
    };
    await install();
    const [tlsPort = 0] = await freePorts(1);
    const files = ['--tls-cert-file', at('server.pem'), '--tls-key-file', at('server-key.pem')];
    const trust = ['--tls-ca-cert-file', at('ca.pem')];
    const server = await startRedis(t, ['--tls-port', String(tlsPort), ...files, ...trust]);
    const tls = { caFile: at('ca.pem'), certFile: at('own.pem'), keyFile: at('own-key.pem') };
    const { client, lines } = await connectTestRedis(t, `rediss://127.0.0.1:${tlsPort}`, { commandTimeoutMs, tls });
    const told = (action: string): boolean => lines.some((line) => line['event.action'] === action);

    await install();
    await waitFor(() => told('redis.certificate.changed'), { what: 'the new files' });
    assert.equal(await client.set('key', 'value', 10_000), true, 'the connection that stands goes on');
    await server.kill();
    await waitFor(() => !client.available, { what: 'the loss' });
    await server.restart();
    await waitFor(() => client.available, { what: 'a connection with the new files' });

    copyFileSync(at('server-key.pem'), at('own-key.pem'));
    await waitFor(() => told('redis.certificate.refused'), { what: 'half a pair to be refused' });
  });

  test('is refused when its authority is unknown, its name another, or it asks for a certificate we have not', async (t) => {
    const { authority, url, caFile } = await startTls(t);
    const own = await authority.issue('facet', 'DNS:facet.test');
    for (const tls of [{ ...own }, { ...own, caFile, serverName: 'other.test' }, { caFile }]) {
      const { client, lines } = await connectTestRedis(t, url, { commandTimeoutMs, tls }, false);
      await waitFor(() => lines.length > 0, { what: 'the loss to be told' });
      assert.deepEqual([lines[0]?.['event.action'], client.available], ['redis.lost', false]);
      await client.close();
    }
  });
});

describe('Redis behind Sentinel', () => {
  test('is found by its name, and again after a failover', async (t) => {
    const master = await startRedis(t);
    const replica = await startRedis(t, ['--replicaof', '127.0.0.1', String(master.port)]);
    await waitFor(async () => (await replica.cli('role')).includes('connected'), { what: 'the replica to be synced' });
    const [port = 0] = await freePorts(1);
    const file = join(await temporaryDirectory(t), 'sentinel.conf');
    await writeFile(
      file,
      [
        `port ${port}`,
        'bind 127.0.0.1',
        `sentinel monitor shop 127.0.0.1 ${master.port} 1`,
        'sentinel down-after-milliseconds shop 1000',
        'sentinel failover-timeout shop 4000',
      ].join('\n'),
    );
    const options = { command: redisServerBinary(), args: ['--sentinel'], readyPattern: /\+monitor/ };
    await startProcess(t, file, options);
    const settings = { mode: 'sentinel', sentinelName: 'shop', commandTimeoutMs: 200 } as const;
    const { client } = await connectTestRedis(t, `redis://127.0.0.1:${port}`, settings);
    await client.set('who', 'first', 60_000);
    assert.equal(await master.cli('get', 'who'), 'first');

    await waitFor(async () => (await replica.cli('get', 'who')) === 'first', { what: 'the replica to have it' });
    await master.kill();
    await waitFor(() => !client.available, { what: 'the loss' });
    await waitFor(() => client.available, { what: 'the new master', timeoutMs: 20_000 });
    await client.set('who', 'second', 60_000);
    assert.equal(await replica.cli('get', 'who'), 'second');
  });
});
