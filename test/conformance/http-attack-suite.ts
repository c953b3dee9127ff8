import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunningGateway } from '../support/gateway.ts';
import { waitFor } from '../support/processes.ts';
import { rawSend } from '../support/raw-http.ts';
import type { HttpAttack } from './http-attack.ts';

/** What a process under attack is configured with: the table comes from one address, as fast as it goes. */
export const attackedConfig = {
  mode: 'development',
  // Nothing but refusals, on purpose.
  alerts: { rejections: { abovePercent: 100, belowPercent: 100 } },
  browser: { origins: ['https://shop.example'] },
  rateLimit: {
    burst: { exempt: ['127.0.0.0/8'] },
    tiers: {
      free: { requestsPerMinute: 100_000, costPerMinute: 1_000_000 },
      anonymous: { requestsPerMinute: 100_000, costPerMinute: 1_000_000 },
    },
  },
} as const;

/** Offers every row to a real process, byte by byte: status, code, header, and exactly one pair of log lines for each request. */
export function offer(attacks: readonly HttpAttack[], gateway: RunningGateway): void {
  let read = 0;
  const eventsSince = (): Record<string, number> => {
    const events: Record<string, number> = {};
    const fresh = gateway.process.output().slice(read);
    for (const [, event = ''] of fresh.matchAll(/"event\.action":"(received|completed)"/g))
      events[event] = (events[event] ?? 0) + 1;
    return events;
  };

  for (const { id, level, title, parts, status, code, header, requests = 1 } of attacks)
    test(`${id} ${level} ${title}`, async () => {
      read = gateway.process.output().length;
      const answer = await rawSend(gateway.url, parts, 1_000);
      await waitFor(() => (eventsSince()['completed'] ?? 0) >= requests, {
        what: () => `${requests} completed lines, got ${JSON.stringify(eventsSince())}`,
        timeoutMs: 2_000,
      });
      assert.deepEqual(eventsSince(), { received: requests, completed: requests });
      assert.ok(answer.status < 500, `${answer.status}`);
      assert.equal(answer.status, status, answer.text.slice(0, 2_000));
      const codes = [...answer.body.matchAll(/"code":"([A-Z_]+)"/g)].map((match) => match[1]);
      assert.deepEqual(codes, code === undefined || !answer.body.includes('code') ? [] : codes.map(() => code));
      if (header) assert.match(headerOf(answer.text, header[0]) ?? '', header[1]);
      assert.match(answer.text, /\r\nx-correlation-id: [0-9a-f-]{36}\r\n/);
    });
}

function headerOf(text: string, name: string): string | undefined {
  return new RegExp(`\\r\\n${name}: ([^\\r]*)`, 'i').exec(text)?.[1];
}
