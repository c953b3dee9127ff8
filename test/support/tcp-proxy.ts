import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Cleanup } from './processes.ts';

/** What happens to bytes on their way from the server to the client. `undefined`: they vanish. */
export type ReplyFilter = (reply: Buffer, forward: (bytes: Buffer | string) => void) => void;

export interface TcpProxy {
  readonly port: number;
  /** Changes what happens to replies from now on, on open connections too; `undefined` passes them through. */
  filter(filter: ReplyFilter | undefined): void;
  /** Client sockets open now. */
  readonly open: number;
}

/** Stands between a client and a server on loopback and spoils the replies as a test asks. `port`: where; default a free one. */
export async function startTcpProxy(cleanup: Cleanup, targetPort: number, port = 0): Promise<TcpProxy> {
  let filter: ReplyFilter | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('end', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (reply: Buffer) => {
      const forward = (bytes: Buffer | string): void => void (client.writable && client.write(bytes));
      if (filter) filter(reply, forward);
      else forward(reply);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  cleanup.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: (server.address() as AddressInfo).port,
    filter: (next) => void (filter = next),
    get open() {
      return sockets.size / 2;
    },
  };
}
