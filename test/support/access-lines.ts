import assert from 'node:assert/strict';
import type { RunningGateway } from './gateway.ts';
import { waitFor } from './processes.ts';

export interface LinePair {
  readonly received: Record<string, unknown>;
  readonly completed: Record<string, unknown>;
}

const idOf = (line: Record<string, unknown>): unknown => line['http.request.id'];

/** The pairs of log lines so far, in the order of their ends; fails when a request has more or fewer than one of each. */
export function accessPairs(gateway: RunningGateway): LinePair[] {
  const lines = gateway.lines();
  const received = lines.filter((line) => line['event.action'] === 'received');
  const completed = lines.filter((line) => line['event.action'] === 'completed');
  const byId = new Map(received.map((line) => [idOf(line), line]));
  assert.equal(byId.size, received.length, 'a request has two received lines');
  assert.equal(new Set(completed.map(idOf)).size, completed.length, 'a request has two completed lines');
  return completed.map((line) => {
    const first = byId.get(idOf(line));
    assert.ok(first, 'a completed line without its received line');
    return { received: first, completed: line };
  });
}

/** Waits until every request that was received is completed, and there are so many of them; gives them in order. */
export async function settledPairs(gateway: RunningGateway, count: number, timeoutMs = 5_000): Promise<LinePair[]> {
  await waitFor(() => accessPairs(gateway).length >= count, {
    what: () => `${count} completed lines; so far:\n${gateway.process.output()}`,
    timeoutMs,
  });
  const pairs = accessPairs(gateway);
  const open = gateway.lines().filter((line) => line['event.action'] === 'received').length - pairs.length;
  assert.deepEqual([pairs.length, open], [count, 0]);
  return pairs;
}
