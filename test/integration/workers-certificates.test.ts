import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { connect, type PeerCertificate } from 'node:tls';
import { createAuthority } from '../support/certificates.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { startPebble } from '../support/pebble.ts';
import { signalProcess, suiteCleanup, temporaryDirectory, waitFor } from '../support/processes.ts';

const config = { mode: 'development', workers: 2, reload: { watchSeconds: 0.05 }, drain: { delayMs: 0 } };

const events = (gateway: RunningGateway, action: string) =>
  gateway.lines().filter((line) => line['event.action'] === action);

/** Connects so often that every worker was met; the certificates, by serial number. */
async function presented({ url }: RunningGateway, times = 20): Promise<Map<string, PeerCertificate>> {
  const met = new Map<string, PeerCertificate>();
  for (let index = 0; index < times; index++) {
    // Here it matters who issued, not whom we would trust.
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerCertificate();
    met.set(certificate.serialNumber, certificate);
    socket.destroy();
  }
  return met;
}

describe('certificates of several workers', () => {
  const cleanup = suiteCleanup(after);

  test('are read again by each of them when the files change', async () => {
    const directory = await temporaryDirectory(cleanup);
    const authority = await createAuthority(cleanup);
    const files = { certificateFile: join(directory, 'tls.pem'), keyFile: join(directory, 'tls-key.pem') };
    const install = async (name: string): Promise<void> => {
      const issued = await authority.issue(name, 'IP:127.0.0.1');
      copyFileSync(issued.certFile, files.certificateFile);
      copyFileSync(issued.keyFile, files.keyFile);
    };
    await install('first');
    const gateway = await startGateway(cleanup, 'web', config, { tls: files });
    const [first] = await presented(gateway);
    await install('second');
    await waitFor(() => events(gateway, 'certificate.changed').length === 2, { what: 'both workers' });
    const now = await presented(gateway);
    assert.equal(now.size, 1);
    assert.ok(!now.has(String(first?.[0])));
    const pids = new Set(events(gateway, 'certificate.changed').map((line) => line['process.pid']));
    assert.equal(pids.size, 2);
    await gateway.process.kill();
  });

  test('are ordered by the primary alone, which answers the challenge, and renewed on every worker', async () => {
    const [pebble, directory] = await Promise.all([startPebble(cleanup), temporaryDirectory(cleanup)]);
    const start = (files: { readonly certificateFile: string; readonly keyFile: string }) => {
      const acme = {
        directoryUrl: pebble.directoryUrl,
        domains: ['api.facet.test'],
        termsOfServiceAgreed: true,
        accountKeyFile: join(directory, 'account-key.pem'),
        challengeHost: '127.0.0.1',
        challengePort: pebble.challengePort,
      };
      return startGateway(cleanup, 'web', config, { tls: { ...files, acme } }, { NODE_EXTRA_CA_CERTS: pebble.caFile });
    };
    const issuers = (met: Map<string, PeerCertificate>) => [...met.values()].map(({ issuer }) => String(issuer.CN));

    const files = { certificateFile: join(directory, 'tls.pem'), keyFile: join(directory, 'tls-key.pem') };
    const fresh = await start(files);
    const [issued, ...others] = issuers(await presented(fresh));
    assert.match(String(issued), /^Pebble/);
    assert.deepEqual(others, []);
    const orders = events(fresh, 'certificate.issued');
    assert.deepEqual(
      orders.map((line) => line['process.pid']),
      [fresh.process.pid],
    );

    // A worker that starts anew shows it too, and orders nothing.
    const [victim] = events(fresh, 'worker.started');
    signalProcess(Number(victim?.['process.pid']), 'SIGKILL');
    await waitFor(() => events(fresh, 'worker.started').length === 3, { what: 'another worker', timeoutMs: 20_000 });
    assert.equal((await presented(fresh)).size, 1);
    assert.equal(events(fresh, 'certificate.issued').length, 1);
    await fresh.process.kill();

    const authority = await createAuthority(cleanup);
    const { certFile, keyFile } = await authority.issue('ends-soon', 'DNS:api.facet.test');
    const old = readFileSync(certFile, 'utf8');
    const renewing = await start({ certificateFile: certFile, keyFile });
    const met = await waitFor(
      async () => {
        const shown = await presented(renewing);
        return issuers(shown).every((name) => name.startsWith('Pebble')) && shown;
      },
      { what: () => `the renewed certificate on both:\n${renewing.process.output()}`, timeoutMs: 20_000 },
    );
    assert.notEqual(readFileSync(certFile, 'utf8'), old);
    assert.equal(met.size, 1);
    const metrics = await (await fetch(`${renewing.adminUrl}/metrics`)).text();
    assert.match(metrics, /^facet_acme_orders_total\{outcome="issued"\} 1$/m);
    assert.equal(metrics.match(/^facet_certificate_expiry_timestamp_seconds\{certificate="listener"\}/gm)?.length, 1);
    await renewing.process.kill();
  });
});
