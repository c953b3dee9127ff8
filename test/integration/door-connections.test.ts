import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { get } from '../conformance/http-attack.ts';
import { accessPairs } from '../support/access-lines.ts';
import { Asker } from '../support/ask.ts';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { rawSend } from '../support/raw-http.ts';

const unlimited = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 };
const config = {
  mode: 'development',
  rateLimit: { burst: { exempt: ['127.0.0.0/8'] }, tiers: { free: unlimited, anonymous: unlimited } },
  overload: { maxEventLoopDelayMs: 5_000 },
};

describe('connections', async () => {
  const cleanup = suiteCleanup(after);
  const gateway = await startGateway(cleanup, 'web', config, { stallTimeoutMs: 1_000 });
  const { hostname, port } = new URL(gateway.url);
  const asker = new Asker(cleanup, gateway.url);

  function open(bytes?: string): Socket {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    if (bytes !== undefined) socket.write(bytes);
    cleanup.after(() => void socket.destroy());
    return socket;
  }

  test('that are idle or half said do not keep others waiting', async () => {
    const sockets = [
      ...Array.from({ length: 1_000 }, () => open()),
      ...Array.from({ length: 500 }, () => open('POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n')),
    ];
    await Promise.all(sockets.map((socket) => waitFor(() => !socket.connecting, { what: 'a connection' })));
    const startMs = performance.now();
    assert.equal((await asker.ask()).status, 200);
    assert.ok(performance.now() - startMs < 1_000, `${performance.now() - startMs} ms`);
    await waitFor(() => sockets.every(({ readyState }) => readyState === 'closed' || readyState === 'writeOnly'), {
      what: 'the idle ones to be cut',
    });
  });

  test('whose answers nobody reads are cut, and the memory that they held is free again', async () => {
    const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.process.pid}/status`, 'utf8'))?.[1]);
    await asker.askMany(64);
    const before = rss();
    const received = () => gateway.lines().filter((line) => line['event.action'] === 'received').length;
    const quiet = received();
    // Some hundred KB for each of them, far more than the buffers of a socket hold. Of small requests thousands would come at once and be
    // refused, by answers that the kernel holds for a reader who does not read.
    const padding = 'p'.repeat(6_000);
    const count = 4_000;
    const query = encodeURIComponent('{ __schema { types { name description fields { name description } } } }');
    const flood = get({ Connection: 'keep-alive', 'x-padding': padding }, '', `/graphql?query=${query}`).repeat(count);
    const readers = Array.from({ length: 2 }, () => open(flood).pause());
    await waitFor(() => received() > quiet + 100, { what: () => `the flood, ${received()} now`, timeoutMs: 20_000 });
    // While the flood comes in there may be no room for another for a moment, and it is told so.
    await waitFor(async () => (await asker.ask()).status === 200, { what: 'another to be let in', timeoutMs: 2_000 });
    // Everything that was received is over once the connections are cut: nothing hangs on a reader that does not read.
    let last = 0;
    await waitFor(
      () => {
        const [known, now] = [last, received()];
        last = now;
        const pairs = accessPairs(gateway);
        const cut = pairs.filter(({ completed }) => completed['facet.outcome'] === 'aborted');
        return known === now && pairs.length === now && cut.length > 0;
      },
      { what: () => `${received()} requests to end, those at the cut too`, timeoutMs: 30_000 },
    );
    assert.ok(last < quiet + (readers.length * count) / 2, 'an unread connection was served to its end');
    for (const socket of readers) socket.destroy();
    assert.ok(rss() - before < 200_000, `${rss() - before} kB`);
  });

  test('above the bound are closed at once', async () => {
    const small = await startGateway(cleanup, 'web', config, { maxConnections: 2 });
    const held = [1, 2].map(() => connect(Number(new URL(small.url).port), hostname));
    for (const socket of held) cleanup.after(() => void socket.destroy());
    // Answered, so that the process has taken them: the kernel lets in more than that, and keeps no order among a process's sockets.
    for (const socket of held) {
      socket.write(get({ Connection: 'keep-alive' }));
      await once(socket, 'data');
    }
    await waitFor(async () => (await rawSend(small.url, [get()], 1_000)).text === '', {
      what: 'the third to be closed',
    });
    held[0]?.destroy();
    await waitFor(async () => (await rawSend(small.url, [get()], 1_000)).status === 200, { what: 'room for another' });
  });
});
