import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { Acceptors } from '../../../src/ingress/acceptors.ts';

const host = '127.0.0.1';

async function listening(t: TestContext, withAcceptors: boolean) {
  const server = createServer((request, response) => response.end(request.url));
  const acceptors = new Acceptors(server);
  const at = { host, port: 0, backlog: 511, reusePort: true };
  server.listen(at);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (withAcceptors) await acceptors.listen({ ...at, port });
  t.after(() => server.close());
  return { server, acceptors, port };
}

/** How many turns of the event loop it takes until all of so many callers, whom the kernel has let in already, are taken. */
async function turnsFor(t: TestContext, callers: number, withAcceptors: boolean): Promise<number> {
  const { server, acceptors, port } = await listening(t, withAcceptors);
  const taken: Socket[] = [];
  server.on('connection', (socket: Socket) => taken.push(socket.destroy()));
  for (let index = 0; index < callers; index++) connect(port, host).on('error', () => undefined);
  let turns = 0;
  while (taken.length < callers) {
    await turnOfLoop();
    turns++;
  }
  await acceptors.close();
  return turns;
}

test('many who connect at once are taken several in a turn of the event loop', async (t) => {
  const alone = await turnsFor(t, 200, false);
  const together = await turnsFor(t, 200, true);
  assert.ok(alone >= 200, `${alone} turns by one socket`);
  assert.ok(together < 100, `${together} turns`);
});

test('closing waits for those that did not come by the server’s own socket', async (t) => {
  const { server, acceptors, port } = await listening(t, true);
  const callers = Array.from({ length: 40 }, () => connect(port, host));
  for (const [index, caller] of callers.entries()) {
    caller.write(`GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const [answer] = (await once(caller, 'data')) as [Buffer];
    assert.match(answer.toString(), new RegExp(`\\r\\n\\r\\n/${index}$`));
  }
  const own = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  assert.ok(own < callers.length, `${own} of ${callers.length} by the server’s own`);
  let isClosed = false;
  const closing = acceptors.close().then(() => (isClosed = true));
  for (let turn = 0; turn < 10; turn++) await turnOfLoop();
  assert.equal(isClosed, false);
  for (const caller of callers) caller.destroy();
  await closing;
});
