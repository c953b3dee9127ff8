import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cleanup } from './processes.ts';

export interface WatchedCall {
  readonly service: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** What went to services, in the order it came; shared by all that are watched together. */
export class CallWatch {
  readonly calls: WatchedCall[] = [];
  #waves: number[] | undefined;
  #waiting: (() => void)[] = [];

  /**
   * From now on calls are let through only when a whole wave of them has arrived: `[3, 1]` is three calls side by side, then one. A call
   * that comes too early or too late waits for ever, so an answer that is whole proves the waves, whatever the time they took.
   */
  expectWaves(sizes: readonly number[]): void {
    this.calls.length = 0;
    this.#waves = [...sizes];
    this.#waiting = [];
  }

  /** Forgets the calls so far; nothing waits any more. */
  reset(): void {
    this.calls.length = 0;
    this.#waves = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Calls so far, as `orders GET /v1/orders`. */
  names(): string[] {
    return this.calls.map(({ service, method, path }) => `${service} ${method} ${path}`).sort();
  }

  async pass(call: WatchedCall): Promise<void> {
    this.calls.push(call);
    const waves = this.#waves;
    if (!waves) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length !== waves[0]) return;
      waves.shift();
      for (const go of this.#waiting.splice(0)) go();
    });
  }
}

/** A real HTTP proxy in front of a service; only calls to its API are watched. Resolves to its own origin. */
export async function watchService(
  cleanup: Cleanup,
  watch: CallWatch,
  service: string,
  target: { readonly url: string },
): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const path = url.split('?', 1)[0] ?? '/';
    const forward = (): void => {
      const onward = httpRequest(target.url + url, { method, headers, agent: false }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      });
      // A service that is down is down through the proxy, too.
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    };
    void watch.pass({ service, method, path }).then(forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
