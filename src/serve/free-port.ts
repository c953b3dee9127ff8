import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/**
 * The port to listen on by several sockets: the configured one or, for 0, one that the system chose. Throws when somebody has it: as those
 * let others share their port, another gateway of this user there would not be noticed.
 */
export async function freePort(host: string, wanted: number): Promise<number> {
  const server = createServer().listen(wanted, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
