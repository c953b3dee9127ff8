import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { createTurnAway } from '../../../src/ingress/turn-away.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { RequestSummary } from '../../../src/telemetry/request-summary.ts';
import { silentLog } from '../../support/test-upstream.ts';

test('an answer that cannot be written ends its connection, is in the log as our fault, and throws nothing', () => {
  const [lines, summaries, ended]: [string[], RequestSummary[], boolean[]] = [[], [], []];
  const turnAway = createTurnAway({
    clock: systemClock,
    log: silentLog,
    accessLog: { received: () => lines.push('received'), completed: () => lines.push('completed') },
    addressOf: () => ({ address: '::1', secure: false }),
    trace: (inbound) => inbound,
    refuse() {
      throw new Error('Cannot write headers after they are sent to the client');
    },
    finished: (summary) => void summaries.push(summary),
  });
  const response = { destroy: () => ended.push(true) } as unknown as ServerResponse;
  turnAway({ headers: {} } as IncomingMessage, response);
  assert.deepEqual([lines, ended], [['received', 'completed'], [true]]);
  assert.deepEqual(
    summaries.map(({ status, codes, outcome }) => [status, codes, outcome]),
    [[500, ['INTERNAL_SERVER_ERROR'], 'failed']],
  );
});
