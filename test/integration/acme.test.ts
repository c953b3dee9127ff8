import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect, type PeerCertificate } from 'node:tls';
import { createAuthority } from '../support/certificates.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { freePorts, startProcess, suiteCleanup, temporaryDirectory, waitFor } from '../support/processes.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const cleanup = suiteCleanup(after);
const domain = 'api.facet.test';

describe('a certificate by ACME', () => {
  let pebble: Pebble;
  let directory: string;

  before(async () => {
    [pebble, directory] = await Promise.all([startPebble(cleanup), temporaryDirectory(cleanup)]);
  });

  interface Files {
    readonly certificateFile: string;
    readonly keyFile: string;
  }

  const config = { mode: 'development', reload: { watchSeconds: 0.05 }, drain: { delayMs: 0 } };
  const filesIn = (folder: string): Files => ({
    certificateFile: join(directory, folder, 'tls.pem'),
    keyFile: join(directory, folder, 'tls-key.pem'),
  });

  const tls = (files: Files, directoryUrl = pebble.directoryUrl) => ({
    ...files,
    acme: {
      directoryUrl,
      domains: [domain],
      termsOfServiceAgreed: true,
      accountKeyFile: join(directory, 'account-key.pem'),
      challengeHost: '127.0.0.1',
      challengePort: pebble.challengePort,
    },
  });

  function start(files: Files): Promise<RunningGateway> {
    return startGateway(cleanup, 'web', config, { tls: tls(files) }, { NODE_EXTRA_CA_CERTS: pebble.caFile });
  }

  /** A first start while the authority is away; resolves when the admin port answers. */
  async function startAlone(folder: string, workers = 1) {
    const [port, adminPort, authorityPort] = (await freePorts(3)) as [number, number, number];
    const listener = { port, adminPort, tls: tls(filesIn(folder), `https://127.0.0.1:${authorityPort}/dir`) };
    const file = join(await temporaryDirectory(cleanup), 'gateway.yaml');
    const service = { instances: [{ url: 'http://127.0.0.1:1' }], credential: 'test-credential' };
    const upstreams = { users: service, orders: service, payments: service };
    await writeFile(file, JSON.stringify({ version: 1, ...config, workers, listeners: { web: listener }, upstreams }));
    const env = { FACET_CONFIG: file, NODE_EXTRA_CA_CERTS: pebble.caFile };
    const running = await startProcess(cleanup, 'bff-web/main.ts', {
      env,
      readyPattern: /certificate\.not_issued.*\n/,
    });
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${adminPort}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    return { running, ask, url: `https://127.0.0.1:${port}`, authorityPort };
  }

  async function presented({ url }: Pick<RunningGateway, 'url'>): Promise<PeerCertificate> {
    // Pebble's authority is new each time; here it matters who issued, not whom we would trust.
    const { port } = new URL(url);
    const socket = connect({ port: Number(port), host: '127.0.0.1', servername: domain, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerCertificate();
    socket.destroy();
    return certificate;
  }

  test('is there before the first connection, and kept for the next start', async () => {
    const files = filesIn('new');
    const gateway = await start(files);
    const { issuer, subjectaltname } = await presented(gateway);
    assert.match(String(issuer.CN), /^Pebble/);
    assert.equal(subjectaltname, `DNS:${domain}`);
    assert.ok(existsSync(join(directory, 'account-key.pem')));
    await gateway.process.kill();

    const written = readFileSync(files.certificateFile, 'utf8');
    const again = await start(files);
    assert.equal(readFileSync(files.certificateFile, 'utf8'), written);
    assert.ok(!again.lines().some((line) => line['event.action'] === 'certificate.issued'));
    await again.process.kill();
  });

  test('is renewed in the background, without a restart', async () => {
    const authority = await createAuthority(cleanup);
    const { certFile, keyFile } = await authority.issue('ends-soon', `DNS:${domain}`);
    const gateway = await start({ certificateFile: certFile, keyFile });
    await waitFor(async () => String((await presented(gateway)).issuer.CN).startsWith('Pebble'), {
      what: () => `the renewed certificate:\n${gateway.process.output()}`,
    });
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    assert.match(metrics, /facet_acme_orders_total\{outcome="issued"\} 1/);
  });

  test('while the authority is away at the first start, the admin port says so, and the public one opens when it is back', async () => {
    const { running, ask, url, authorityPort } = await startAlone('late');
    assert.equal((await ask('/livez')).status, 200);
    assert.deepEqual(await ask('/readyz'), { status: 503, text: '{"status":"no_certificate"}' });
    assert.match((await ask('/metrics')).text, /facet_acme_orders_total\{outcome="failed"\} [1-9]/);
    await assert.rejects(presented({ url }), { code: 'ECONNREFUSED' });
    const { port } = new URL(pebble.directoryUrl);
    await startTcpProxy(cleanup, Number(port), authorityPort);
    await waitFor(async () => (await ask('/readyz')).status === 200, {
      what: () => `readiness:\n${running.output()}`,
      timeoutMs: 20_000,
    });
    assert.match(String((await presented({ url })).issuer.CN), /^Pebble/);
    assert.deepEqual(await running.kill(), { code: 0, signal: null });
  });

  test('a process that is told to leave while it waits for its first certificate leaves in order', async () => {
    for (const workers of [1, 2]) {
      const { running, ask } = await startAlone('never', workers);
      assert.deepEqual(await ask('/readyz'), { status: 503, text: '{"status":"no_certificate"}' });
      assert.deepEqual(await running.kill(), { code: 0, signal: null });
    }
  });
});
