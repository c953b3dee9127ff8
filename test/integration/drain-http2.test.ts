import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { after, before, describe, test } from 'node:test';
import { type Certificate, createAuthority } from '../support/certificates.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';

const cleanup = suiteCleanup(after);
const head = { ':method': 'POST', ':path': '/graphql', 'content-type': 'application/json', 'x-facet-csrf': '1' };
const body = '{"query":"{ __typename }"}';
const unlimited = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 };

/** A stream that the server says it has not looked at may be asked again (RFC 9113 §8.7), and one that was never sent of course. */
function wasNotProcessed(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_HTTP2_GOAWAY_SESSION' || code === 'ERR_HTTP2_INVALID_SESSION') return true;
  return code === 'ERR_HTTP2_STREAM_ERROR' && message.includes('REFUSED_STREAM');
}

/** One long-lived connection, as a proxy in front or an app keeps it; a new one only once the server has asked for that. */
class Caller {
  readonly #gateways: () => RunningGateway[];
  readonly #ca: Buffer;
  readonly failed: string[] = [];
  readonly goneAway: number[] = [];
  answered = 0;
  stopped = false;
  #session: ClientHttp2Session | undefined;

  constructor(gateways: () => RunningGateway[], ca: Buffer) {
    this.#gateways = gateways;
    this.#ca = ca;
  }

  /** Four streams at a time on the one connection, again and again. */
  async run(): Promise<void> {
    const loop = async (): Promise<void> => {
      while (!this.stopped) await this.#ask();
    };
    await Promise.all([loop(), loop(), loop(), loop()]);
    this.#session?.destroy();
  }

  async #connected(): Promise<ClientHttp2Session> {
    if (this.#session && !this.#session.closed && !this.#session.destroyed) return this.#session;
    const gateway = await waitFor(() => this.#gateways().at(-1), { what: 'an instance that is ready' });
    // Another loop may have been faster.
    if (this.#session && !this.#session.closed && !this.#session.destroyed) return this.#session;
    const session = connect(new URL(gateway.url).origin, { ca: this.#ca });
    session.on('error', (error) => this.failed.push(`session: ${error.message}`));
    session.on('goaway', (code) => this.goneAway.push(code));
    this.#session = session;
    return session;
  }

  async #ask(): Promise<void> {
    for (;;) {
      try {
        const stream = (await this.#connected()).request(head);
        stream.resume().end(body);
        const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
        await once(stream, 'close');
        if (headers[':status'] === 200 && stream.rstCode === 0) this.answered++;
        else this.failed.push(`${String(headers[':status'])} ${stream.rstCode}`);
        return;
      } catch (error) {
        if (!wasNotProcessed(error)) return void this.failed.push(String(error));
      }
    }
  }
}

describe('HTTP/2 connections of a process that leaves', () => {
  let files: Certificate;
  let ca: Buffer;

  before(async () => {
    const authority = await createAuthority(cleanup);
    ca = readFileSync(authority.caFile);
    files = await authority.issue('drain', 'IP:127.0.0.1');
  });

  const start = (delayMs: number): Promise<RunningGateway> =>
    startGateway(
      cleanup,
      'web',
      {
        mode: 'development',
        drain: { delayMs },
        overload: { maxEventLoopDelayMs: 5_000 },
        rateLimit: { burst: { exempt: ['127.0.0.0/8'] }, tiers: { free: unlimited, anonymous: unlimited } },
      },
      { tls: { certificateFile: files.certFile, keyFile: files.keyFile } },
    );

  test('a caller on one long-lived connection loses no request of a rolling restart', async () => {
    const gateways = [await start(500)];
    const caller = new Caller(() => gateways, ca);
    const running = caller.run();
    for (let turn = 0; turn < 3; turn++) {
      const { answered } = caller;
      await waitFor(() => caller.answered > answered + 100, { what: 'some load' });
      gateways.push(await start(500));
      assert.deepEqual(await gateways.shift()?.process.kill('SIGTERM'), { code: 0, signal: null });
    }
    const { answered } = caller;
    await waitFor(() => caller.answered > answered + 100, { what: 'load after the restart' });
    caller.stopped = true;
    await running;
    assert.deepEqual(caller.failed, []);
    assert.deepEqual(caller.goneAway, [0, 0, 0], 'NO_ERROR, once for each restart');
  });

  test('is told to go when the drain begins, and a connection made after that when it was used', async () => {
    const gateway = await start(60_000);
    const { origin } = new URL(gateway.url);
    const session = (): ClientHttp2Session => {
      const made = connect(origin, { ca });
      cleanup.after(() => made.destroy());
      return made;
    };
    const ask = async (over: ClientHttp2Session): Promise<unknown> => {
      const stream = over.request(head);
      stream.resume().end(body);
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
      await once(stream, 'close');
      return headers[':status'];
    };
    const used = session();
    assert.equal(await ask(used), 200);
    const unused = session();
    await once(unused, 'remoteSettings');

    const goneAway = once(used, 'goaway', { signal: AbortSignal.timeout(5_000) });
    const exited = gateway.process.kill('SIGTERM');
    assert.equal(((await goneAway) as [number])[0], constants.NGHTTP2_NO_ERROR);
    for (const late of [unused, session()]) {
      const told = once(late, 'goaway', { signal: AbortSignal.timeout(5_000) });
      assert.equal(await ask(late), 200, 'the drain serves whoever still comes');
      assert.equal(((await told) as [number])[0], constants.NGHTTP2_NO_ERROR);
    }
    signalProcess(gateway.process.pid, 'SIGTERM');
    await exited;
  });
});
