import { setImmediate as turnOfLoop, setTimeout as sleep } from 'node:timers/promises';
import type { DrainConfig } from '../config/sections/drain.ts';
import type { PublicServer } from './server.ts';

/** Turns of the event loop in which what the kernel holds is taken: connections, then their bytes, then what those begin. */
const lastTurns = 3;

/**
 * Ends a server without losing a request. For `delayMs` it serves on as before, each answer ending its connection and HTTP/2 connections
 * told to go, until no load balancer sends anything new; then it listens no more, and what is in flight has `graceMs` to finish. Closing
 * at once instead resets the requests that were on their way (seen: 11 to 30 of them with 20 callers), and so does closing before what
 * came in a late turn of the event loop was looked at.
 */
export async function closeServer(server: PublicServer, { delayMs, graceMs }: DrainConfig): Promise<void> {
  const { server: http } = server.app;
  if (delayMs > 0 && http.listening) {
    server.goAway();
    await sleep(delayMs);
    for (let turn = 0; turn < lastTurns; turn++) await turnOfLoop();
  }
  const force = setTimeout(() => http.closeAllConnections(), graceMs);
  await server.close();
  clearTimeout(force);
}
