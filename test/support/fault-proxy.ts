import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Cleanup } from './processes.ts';

/**
 * What a connection goes through: `pass` as it is; `refuse` no listener; `hang` bytes vanish in both directions, on open connections too,
 * as on a cut link; `drip` one byte of a reply each second; `cut` replies end in the middle of their body.
 */
export type Link = 'pass' | 'refuse' | 'hang' | 'drip' | 'cut';

/** A TCP proxy in front of a service whose link a test can spoil, with connections open. */
export interface FaultProxy {
  readonly url: string;
  /** Open connections on which a request has no reply yet. */
  readonly unanswered: number;
  /** Takes effect at once, on open connections too. */
  link(next: Link): Promise<void>;
}

export async function startFaultProxy(cleanup: Cleanup, targetPort: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  let current: Link = 'pass';
  let port = 0;

  const server = createServer((client) => {
    const service = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [client, service],
      [service, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        waiting.delete(socket);
        // A cut link tells neither end that the other is gone.
        if (current !== 'hang') other.destroy();
      });
    }
    client.on('data', (bytes) => {
      waiting.add(client);
      if (current !== 'hang' && service.writable) service.write(bytes);
    });
    service.on('data', (bytes) => {
      if (current === 'pass') waiting.delete(client);
      if (current === 'pass' && client.writable) client.write(bytes);
      else if (current === 'drip') dripInto(client, bytes);
      else if (current === 'cut') client.write(bytes.subarray(0, bytes.length - 20), () => client.destroy());
    });
  });

  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };

  await listen();
  cleanup.after(stop);
  return {
    url: `http://127.0.0.1:${port}`,
    get unanswered() {
      return waiting.size;
    },
    async link(next) {
      const last = current;
      current = next;
      if (next === 'refuse') await stop();
      else if (last === 'refuse') await listen();
    },
  };
}

function dripInto(client: Socket, bytes: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < bytes.length && client.writable) client.write(bytes.subarray(sent, ++sent));
    else clearInterval(timer);
  }, 1_000);
  client.on('close', () => clearInterval(timer));
}
