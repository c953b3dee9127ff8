import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { rawSend } from '../support/raw-http.ts';
import { post } from '../conformance/http-attack.ts';

const cleanup = suiteCleanup(after);
const unlimited = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 };

test('a process that is late refuses at once, is not ready, and is well again soon after', async () => {
  const gateway = await startGateway(cleanup, 'web', {
    overload: { maxEventLoopDelayMs: 20, retryAfterSeconds: 3 },
    rateLimit: { burst: { exempt: ['127.0.0.0/8'] }, tiers: { free: unlimited, anonymous: unlimited } },
    alerts: { rejections: { abovePercent: 100, belowPercent: 100 } },
  });
  const readiness = async () => (await fetch(new URL('/readyz', gateway.url))).status;
  // Stopped and continued again and again, it runs a third of the time: as on a machine that is far too busy.
  const calm = new AbortController();
  cleanup.after(() => calm.abort());
  const hog = (async () => {
    while (!calm.signal.aborted) {
      process.kill(gateway.process.pid, 'SIGSTOP');
      await delay(60);
      process.kill(gateway.process.pid, 'SIGCONT');
      await delay(30);
    }
  })();
  const shed = await waitFor(
    async () => {
      const answer = await rawSend(gateway.url, post(), 1_000);
      return answer.status === 503 && answer;
    },
    { what: 'a request to be shed' },
  );
  assert.match(shed.body, /"code":"OVERLOADED"/);
  assert.match(shed.text, /\r\nretry-after: 3\r\n/);
  assert.equal((await fetch(new URL('/livez', gateway.url))).status, 200);
  await waitFor(async () => (await readiness()) === 503, { what: 'readiness to fall' });
  calm.abort();
  await hog;
  await waitFor(async () => (await readiness()) === 200, { what: 'readiness to return', timeoutMs: 5_000 });
  assert.equal((await rawSend(gateway.url, post(), 1_000)).status, 200);
});
