import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type Certificate, createAuthority, type TestAuthority } from '../support/certificates.ts';
import { suiteCleanup, temporaryDirectory, waitFor } from '../support/processes.ts';
import { callContext, getThing, testUpstream } from '../support/test-upstream.ts';

const cleanup = suiteCleanup(after);

describe('TLS towards services', () => {
  let ours: TestAuthority;
  let theirs: TestAuthority;
  /** Common names of the certificates that services were shown, in order. */
  const callers: unknown[] = [];

  before(async () => {
    [ours, theirs] = await Promise.all([createAuthority(cleanup), createAuthority(cleanup)]);
  });

  /** A service that speaks TLS; asks for the gateway's certificate when it has an authority to check it by. */
  async function serve({ certFile, keyFile }: Certificate, clientCaFile?: string): Promise<string> {
    const options = {
      cert: readFileSync(certFile),
      key: readFileSync(keyFile),
      ...(clientCaFile && { ca: readFileSync(clientCaFile), requestCert: true, rejectUnauthorized: true }),
    };
    const server: Server = createServer(options, (request, response) => {
      callers.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"good"}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanup.after(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function ask(url: string, tls: object): Promise<unknown> {
    const upstream = await testUpstream(url, { tls, retry: { maxRetries: 0 } });
    cleanup.after(() => upstream.close());
    return (await upstream.bind(getThing)('a', callContext())).value;
  }

  const refused = { code: 'UPSTREAM_UNAVAILABLE', reason: 'certificate', effect: 'none' };

  test('a service of our own authority is believed', async () => {
    const url = await serve(await ours.issue('good', 'IP:127.0.0.1'));
    assert.deepEqual(await ask(url, { caFile: ours.caFile }), { id: 'good' });
  });

  test('one of another authority is refused, also when nobody named an authority', async () => {
    const url = await serve(await theirs.issue('other', 'IP:127.0.0.1'));
    await assert.rejects(ask(url, { caFile: ours.caFile }), refused);
    await assert.rejects(ask(url, {}), refused);
  });

  test('one with a certificate for another host is refused, unless that name was agreed on', async () => {
    const url = await serve(await ours.issue('named', 'DNS:things.internal'));
    await assert.rejects(ask(url, { caFile: ours.caFile }), refused);
    const agreed = { caFile: ours.caFile, serverName: 'things.internal' };
    assert.deepEqual(await ask(url, agreed), { id: 'good' });
  });

  test('one that has expired is refused', async () => {
    const url = await serve(await ours.issueExpired('old', 'IP:127.0.0.1'));
    await assert.rejects(ask(url, { caFile: ours.caFile }), refused);
  });

  test('the gateway shows a new certificate, and believes a new authority, without a restart or a failed call', async () => {
    const directory = await temporaryDirectory(cleanup);
    const file = (name: string): string => join(directory, name);
    const install = async (name: string): Promise<void> => {
      const { certFile, keyFile } = await ours.issue(name, 'DNS:gateway.internal');
      copyFileSync(keyFile, file('key.pem'));
      copyFileSync(certFile, file('cert.pem'));
    };
    await install('before');
    copyFileSync(ours.caFile, file('ca.pem'));
    const good = await serve(await ours.issue('good', 'IP:127.0.0.1'), ours.caFile);
    const tls = { caFile: file('ca.pem'), certificateFile: file('cert.pem'), keyFile: file('key.pem') };
    const upstream = await testUpstream(good, { tls, retry: { maxRetries: 0 } }, { watchMs: () => 20 });
    cleanup.after(() => upstream.close());
    const call = () => upstream.bind(getThing)('a', callContext());
    await call();
    assert.equal(callers.at(-1), 'before');

    await install('after');
    await waitFor(async () => (await call()) && callers.at(-1) === 'after', { what: 'the new certificate' });

    copyFileSync(theirs.caFile, file('ca.pem'));
    await waitFor(
      () =>
        call().then(
          () => false,
          (error: { reason?: string }) => error.reason === 'certificate',
        ),
      {
        what: 'the old authority to be forgotten',
      },
    );
  });

  test('HTTP/2 is spoken where it is wanted and offered, and only there', async () => {
    const { certFile, keyFile } = await ours.issue('newer', 'IP:127.0.0.1');
    const spoken: string[] = [];
    const files = { cert: readFileSync(certFile), key: readFileSync(keyFile), allowHTTP1: true };
    const server = createSecureServer(files, ({ httpVersion }, response) => {
      spoken.push(httpVersion);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"good"}');
    });
    const sessions = new Set<ServerHttp2Session>();
    server.on('session', (session) => sessions.add(session));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanup.after(() => {
      for (const session of sessions) session.destroy();
      server.close();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const http2 of [false, true]) {
      const upstream = await testUpstream(url, {
        tls: { caFile: ours.caFile },
        pool: { http2 },
        retry: { maxRetries: 0 },
      });
      const get = upstream.bind(getThing);
      for (let i = 0; i < 3; i++) assert.deepEqual((await get(`${i}`, callContext())).value, { id: 'good' });
      await upstream.close();
    }
    assert.deepEqual(spoken, ['1.1', '1.1', '1.1', '2.0', '2.0', '2.0']);
  });

  test('the gateway shows its own certificate where one is asked for', async () => {
    const url = await serve(await ours.issue('strict', 'IP:127.0.0.1'), ours.caFile);
    const { certFile, keyFile } = await ours.issue('gateway', 'DNS:gateway.internal');
    const shown = { caFile: ours.caFile, certificateFile: certFile, keyFile };
    assert.deepEqual(await ask(url, shown), { id: 'good' });
    await assert.rejects(ask(url, { caFile: ours.caFile }), { code: 'UPSTREAM_UNAVAILABLE' });
  });
});
