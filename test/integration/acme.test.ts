import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect, type PeerCertificate } from 'node:tls';
import { createAuthority } from '../support/certificates.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { suiteCleanup, temporaryDirectory, waitFor } from '../support/processes.ts';

const cleanup = suiteCleanup(after);
const domain = 'api.facet.test';

describe('a certificate by ACME', () => {
  let pebble: Pebble;
  let directory: string;

  before(async () => {
    [pebble, directory] = await Promise.all([startPebble(cleanup), temporaryDirectory(cleanup)]);
  });

  function start(files: { readonly certificateFile: string; readonly keyFile: string }): Promise<RunningGateway> {
    const acme = {
      directoryUrl: pebble.directoryUrl,
      domains: [domain],
      termsOfServiceAgreed: true,
      accountKeyFile: join(directory, 'account-key.pem'),
      challengeHost: '127.0.0.1',
      challengePort: pebble.challengePort,
    };
    const config = { mode: 'development', reload: { watchSeconds: 0.05 }, drain: { delayMs: 0 } };
    return startGateway(cleanup, 'web', config, { tls: { ...files, acme } }, { NODE_EXTRA_CA_CERTS: pebble.caFile });
  }

  async function presented({ url }: RunningGateway): Promise<PeerCertificate> {
    // Pebble's authority is new each time; here it matters who issued, not whom we would trust.
    const { port } = new URL(url);
    const socket = connect({ port: Number(port), host: '127.0.0.1', servername: domain, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerCertificate();
    socket.destroy();
    return certificate;
  }

  test('is there before the first connection, and kept for the next start', async () => {
    const files = {
      certificateFile: join(directory, 'new', 'tls.pem'),
      keyFile: join(directory, 'new', 'tls-key.pem'),
    };
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
});
