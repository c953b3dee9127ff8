import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority } from './certificates.ts';
import { type Cleanup, freePorts, startProcess, temporaryDirectory, waitFor } from './processes.ts';

export interface Pebble {
  readonly directoryUrl: string;
  /** PEM of the authority that the ACME server's own certificate comes from. */
  readonly caFile: string;
  /** Where it asks for the answers to http-01 challenges. */
  readonly challengePort: number;
}

/** The ACME server that is made for tests (Debian's `pebble`), with a name server that sends every name to this machine. */
export async function startPebble(cleanup: Cleanup): Promise<Pebble> {
  const directory = await temporaryDirectory(cleanup);
  const authority = await createAuthority(cleanup);
  const { certFile, keyFile } = await authority.issue('pebble', 'IP:127.0.0.1');
  const [port, managementPort, challengePort, dnsPort, dnsManagementPort] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const config = join(directory, 'pebble.json');
  await writeFile(
    config,
    JSON.stringify({
      pebble: {
        listenAddress: `127.0.0.1:${port}`,
        managementListenAddress: `127.0.0.1:${managementPort}`,
        certificate: certFile,
        privateKey: keyFile,
        httpPort: challengePort,
        tlsPort: challengePort,
        ocspResponderURL: '',
        externalAccountBindingRequired: false,
      },
    }),
  );
  const none = ['-http01', '', '-https01', '', '-tlsalpn01', '', '-defaultIPv6', ''];
  const dns = ['-dns01', `127.0.0.1:${dnsPort}`, '-management', `127.0.0.1:${dnsManagementPort}`];
  await startProcess(cleanup, '-defaultIPv4', {
    command: 'pebble-challtestsrv',
    args: ['127.0.0.1', ...none, ...dns],
  });
  await startProcess(cleanup, '-config', {
    command: 'pebble',
    args: [config, '-dnsserver', `127.0.0.1:${dnsPort}`],
    env: { PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' },
  });
  const directoryUrl = `https://127.0.0.1:${port}/dir`;
  const ca = readFileSync(authority.caFile);
  await waitFor(() => answers(directoryUrl, ca), { what: 'pebble to answer' });
  return { directoryUrl, caFile: authority.caFile, challengePort };
}

function answers(url: string, ca: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    request(url, { ca, agent: false }, (response) => resolve(response.resume().statusCode === 200))
      .on('error', () => resolve(false))
      .end();
  });
}
