import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { post } from '../conformance/http-attack.ts';
import { accessPairs } from '../support/access-lines.ts';
import { startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';
import { rawSend } from '../support/raw-http.ts';

const cleanup = suiteCleanup(after);
const unlimited = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 };

test('a process that is late refuses at once what it has no room for, is not ready, and is well again soon after', async () => {
  const gateway = await startGateway(cleanup, 'web', {
    overload: { maxEventLoopDelayMs: 10, retryAfterSeconds: 3 },
    rateLimit: { burst: { exempt: ['127.0.0.0/8'] }, tiers: { free: unlimited, anonymous: unlimited } },
    alerts: { rejections: { abovePercent: 100, belowPercent: 100 } },
  });
  const { port } = new URL(gateway.url);
  const ask = () => rawSend(gateway.url, post(), 5_000);
  const readiness = async () => (await fetch(new URL('/readyz', gateway.url))).status;
  // Forty requests in flight, for as long as their bodies do not come.
  const [head = '', body = ''] = post();
  const waiting = Array.from({ length: 40 }, () => connect(Number(port), '127.0.0.1').on('error', () => undefined));
  cleanup.after(() => waiting.forEach((socket) => socket.destroy()));
  for (const socket of waiting) socket.write(head);
  // Stopped and continued again and again, it runs a tenth of the time: as on a machine that is far too busy.
  const calm = new AbortController();
  cleanup.after(() => calm.abort());
  const hog = (async () => {
    while (!calm.signal.aborted) {
      signalProcess(gateway.process.pid, 'SIGSTOP');
      await delay(300);
      signalProcess(gateway.process.pid, 'SIGCONT');
      await delay(30);
    }
  })();
  const shed = await waitFor(
    async () => {
      const answer = await ask();
      return answer.status === 503 && answer;
    },
    { what: 'a request to be shed' },
  );
  assert.match(shed.body, /"code":"OVERLOADED"/);
  assert.match(shed.text, /\r\nretry-after: 3\r\n/);
  const [, id = ''] = /\r\nx-correlation-id: (\S+)\r\n/.exec(shed.text) ?? [];
  const { received, completed } = await waitFor(
    () => accessPairs(gateway).find((pair) => pair.completed['http.request.id'] === id),
    { what: 'its lines' },
  );
  assert.deepEqual(
    [received['http.request.method'], received['url.path'], received['source.ip']],
    ['POST', '/graphql', '127.0.0.1'],
  );
  assert.deepEqual(
    [completed['http.response.status_code'], completed['error.code'], completed['facet.outcome']],
    [503, ['OVERLOADED'], 'failed'],
  );
  assert.equal(completed['http.response.body.bytes'], shed.body.length);
  await waitFor(async () => (await ask()).status === 503 && (await readiness()) === 503, {
    what: 'readiness to fall',
  });
  // Refused again and again on one connection, as an app that repeats: each has its own id, its two lines and the same answer.
  const kept = connect(Number(port), '127.0.0.1');
  cleanup.after(() => void kept.destroy());
  const refusals: string[] = [];
  for (let count = 0; count < 6; count++) {
    kept.write(post('{"query":"{__typename}"}', { Connection: 'keep-alive' }).join(''));
    const [bytes] = (await once(kept, 'data')) as [Buffer];
    refusals.push(bytes.toString());
  }
  const idOf = (answer: string) => /\r\nx-correlation-id: (\S+)\r\n/.exec(answer)?.[1] ?? '';
  const ids = refusals.map(idOf);
  assert.equal(new Set(ids).size, 6);
  const plain = refusals.map((answer, index) => answer.replaceAll(ids[index] ?? '', 'id').replace(/^Date: .*$/m, ''));
  assert.match(plain[0] ?? '', /^HTTP\/1\.1 503 /);
  assert.deepEqual(plain, Array(6).fill(plain[0]));
  const pairOf = (wanted: string) =>
    accessPairs(gateway).find((pair) => pair.completed['http.request.id'] === wanted && pair.received);
  await waitFor(() => ids.every(pairOf), { what: 'the lines of all six' });
  assert.equal((await fetch(new URL('/livez', gateway.url))).status, 200);
  calm.abort();
  await hog;
  await waitFor(async () => (await readiness()) === 200, { what: 'readiness to return', timeoutMs: 5_000 });
  await waitFor(async () => (await ask()).status === 200, { what: 'a request to be let in' });
  kept.write(post().join(''));
  assert.match(String((await once(kept, 'data'))[0]), /^HTTP\/1\.1 200 /, 'on the connection of the refusals too');
  const answers = waiting.map(
    (socket) => new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data)))),
  );
  for (const socket of waiting) socket.write(body);
  for (const answer of await Promise.all(answers))
    assert.match(answer, /^HTTP\/1\.1 200 /, 'what was let in is answered');
});
