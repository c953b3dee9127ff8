import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { type Certificate, createAuthority, type TestAuthority } from '../support/certificates.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { suiteCleanup, temporaryDirectory, waitFor } from '../support/processes.ts';

const cleanup = suiteCleanup(after);
const vast = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 };
const unlimited = { burst: { exempt: ['127.0.0.0/8'] }, tiers: { free: vast, anonymous: vast } };
const body = JSON.stringify({ query: '{ __typename }' });
const headers = { 'content-type': 'application/json', 'x-facet-csrf': '1' };

describe('a listener with TLS', () => {
  let authority: TestAuthority;
  let ca: Buffer;
  let files: Certificate;
  let gateway: RunningGateway;
  let origin: string;

  /** Puts a certificate where the gateway looks for its own. */
  async function install(name: string): Promise<void> {
    const { certFile, keyFile } = await authority.issue(name, 'IP:127.0.0.1');
    copyFileSync(certFile, files.certFile);
    copyFileSync(keyFile, files.keyFile);
  }

  before(async () => {
    const directory = await temporaryDirectory(cleanup);
    authority = await createAuthority(cleanup);
    ca = readFileSync(authority.caFile);
    files = { certFile: join(directory, 'tls.pem'), keyFile: join(directory, 'tls-key.pem') };
    await install('first');
    gateway = await startGateway(
      cleanup,
      'web',
      { mode: 'development', drain: { delayMs: 100 }, reload: { watchSeconds: 0.05 }, rateLimit: unlimited },
      { tls: { certificateFile: files.certFile, keyFile: files.keyFile } },
    );
    origin = gateway.url.replace('/graphql', '');
  });

  interface Answer {
    readonly status: number | undefined;
    readonly text: string;
    readonly socket: TLSSocket;
  }

  function post(agent: Agent, text = body): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(`${origin}/graphql`, { method: 'POST', headers, agent }, (response) => {
        // Node takes it away at the end.
        const socket = response.socket as TLSSocket;
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text: answer, socket }));
      });
      asked.on('error', reject).end(text);
    });
  }

  async function postHttp2(over: ClientHttp2Session, text = body) {
    const stream = over.request({ ':method': 'POST', ':path': '/graphql', ...headers });
    let answer = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    stream.end(text);
    const [head] = (await once(stream, 'response')) as [Record<string, string>];
    await once(stream, 'end');
    return { status: head[':status'], headers: head, text: answer };
  }

  async function presented(): Promise<PeerCertificate> {
    const socket = connectTls({ port: Number(new URL(origin).port), host: '127.0.0.1', ca });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerCertificate();
    socket.destroy();
    return certificate;
  }

  function session(): Promise<ClientHttp2Session> {
    const connected = connectHttp2(origin, { ca });
    cleanup.after(() => connected.destroy());
    return once(connected, 'connect').then(() => connected);
  }

  test('answers HTTP/1.1 and HTTP/2 on one port', async () => {
    const agent = new Agent({ ca });
    const first = await post(agent);
    assert.deepEqual([first.status, JSON.parse(first.text)], [200, { data: { __typename: 'Query' } }]);
    const second = await postHttp2(await session());
    assert.deepEqual([second.status, JSON.parse(second.text)], [200, { data: { __typename: 'Query' } }]);
    assert.match(String(second.headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
    const completed = await waitFor(
      () => gateway.lines().filter((line) => line['event.action'] === 'completed').length >= 2,
      { what: 'both requests in the log' },
    );
    assert.ok(completed);
    const results = gateway
      .lines()
      .flatMap((line) => (line['event.action'] === 'completed' ? line['facet.outcome'] : []));
    assert.deepEqual(new Set(results), new Set(['complete']));
    agent.destroy();
  });

  test('refuses over HTTP/2 what it refuses over HTTP/1.1, in the same words', async () => {
    const http2 = await session();
    const large = await postHttp2(http2, `{"query":"${'x'.repeat(300_000)}"}`);
    assert.deepEqual([large.status, /"code":"([A-Z_]+)"/.exec(large.text)?.[1]], [413, 'PAYLOAD_TOO_LARGE']);
    const stream = http2.request({ ':method': 'GET', ':path': '/nowhere' });
    const [head] = (await once(stream, 'response')) as [Record<string, string>];
    assert.equal(head[':status'], 404);
    stream.resume();
    await once(stream, 'end');
    assert.equal((await postHttp2(http2)).status, 200, 'the connection goes on');
  });

  test('does not speak TLS 1.1', async () => {
    const socket = connectTls({
      port: Number(new URL(origin).port),
      host: '127.0.0.1',
      ca,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    const [error] = (await once(socket, 'error')) as [Error & { code: string }];
    assert.match(error.code, /^ERR_SSL|ECONNRESET/);
  });

  test('says when its certificate ends, and warns when that is soon', async () => {
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    const shown = /facet_certificate_expiry_timestamp_seconds\{certificate="listener"\} (\d+)/.exec(metrics)?.[1];
    assert.equal(Number(shown) * 1_000, Date.parse((await presented()).valid_to));
    assert.ok(gateway.lines().some((line) => line['event.action'] === 'certificate.expiring'));
  });

  test('shows a new certificate to new connections and keeps those that stand', async () => {
    const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 });
    const kept = (await post(agent)).socket;
    const http2 = await session();
    assert.equal((await postHttp2(http2)).status, 200);

    await install('second');
    await waitFor(async () => (await presented()).subject.CN === 'second', { what: 'the new certificate' });

    const again = await post(agent);
    assert.equal(again.status, 200);
    assert.equal(again.socket.localPort, kept.localPort, 'the same connection');
    assert.equal(again.socket.getPeerCertificate().subject.CN, 'first');
    assert.equal((await postHttp2(http2)).status, 200);
    agent.destroy();
  });

  test('no handshake and no request fails while the certificate changes under load', async () => {
    const seen = new Set<string>();
    const failed: string[] = [];
    const over = new AbortController();
    const caller = async (agentOf: () => Agent): Promise<void> => {
      while (!over.signal.aborted) {
        const agent = agentOf();
        await post(agent).catch((error: unknown) => failed.push(String(error)));
      }
    };
    const kept = new Agent({ ca, keepAlive: true, maxSockets: 1 });
    const callers = [() => new Agent({ ca }), () => new Agent({ ca }), () => kept].map(caller);
    for (const name of ['one', 'two', 'three']) {
      await install(name);
      await waitFor(async () => seen.add(String((await presented()).subject.CN)).has(name), {
        what: `certificate ${name}`,
      });
    }
    over.abort();
    await Promise.all(callers);
    kept.destroy();
    assert.deepEqual(failed, []);
  });

  test('keeps its certificate while the files do not fit each other', async () => {
    const { certFile } = await authority.issue('half', 'IP:127.0.0.1');
    const known = (await presented()).subject.CN;
    copyFileSync(certFile, files.certFile);
    await waitFor(() => gateway.lines().some((line) => line['event.action'] === 'certificate.refused'), {
      what: 'a warning',
    });
    assert.equal((await presented()).subject.CN, known);
    await install('third');
    await waitFor(async () => (await presented()).subject.CN === 'third', { what: 'the whole pair' });
  });

  test('leaves in order, with connections of both kinds open', async () => {
    const agent = new Agent({ ca, keepAlive: true });
    const [http2] = await Promise.all([session(), post(agent)]);
    assert.equal((await postHttp2(http2)).status, 200);
    assert.deepEqual(await gateway.process.kill('SIGTERM'), { code: 0, signal: null });
    agent.destroy();
  });
});

test('a start without the files, or with a pair that does not fit, says so in one line', async () => {
  const authority = await createAuthority(cleanup);
  const [one, other] = [await authority.issue('one', 'DNS:a'), await authority.issue('other', 'DNS:a')];
  const started = (certificateFile: string, keyFile: string) =>
    startGateway(cleanup, 'web', {}, { tls: { certificateFile, keyFile } }).then(
      () => 'it started',
      (error: Error) => error.message,
    );
  assert.match(await started('/nowhere/tls.pem', one.keyFile), /^\/nowhere\/tls\.pem cannot be read \(ENOENT\)\.$/m);
  const misfit = await started(one.certFile, other.keyFile);
  assert.match(misfit, /^\S+one\.pem and \S+other-key\.pem are no certificate and its key: .*$/m);
  assert.doesNotMatch(misfit, /^ {4}at /m);
});
