import type { Clock } from '../lib/clock.ts';
import { journeyFacts } from '../telemetry/journey-facts.ts';
import { Journey } from '../telemetry/journey.ts';
import type { RequestSummary } from '../telemetry/request-summary.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { AccessLog, FoundOut, Outcome } from './access-log.ts';
import type { AddressOf } from './caller-address.ts';
import { correlationIdOf, traceparentOf } from './correlation.ts';
import { cutAnswer } from './end-answer.ts';
import type { ConnectedArrival, Wire } from './exchange.ts';
import type { PreparedRefusal } from './respond.ts';

export interface TurnAwayParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly addressOf: AddressOf;
  readonly trace: (inbound: string | undefined, journey: Journey) => string | undefined;
  readonly refuse: PreparedRefusal;
  readonly finished: (summary: RequestSummary) => void;
}

const nobody: FoundOut = {};

/**
 * What a process does with a request that it has no room for: stages 1, 2, 14 and 15 and nothing between. At three times what it can do there
 * are two and more of these for each answer, and their cost is what the answers lack. So nothing is made that only a stage would need, and
 * nobody waits for the answer to be out.
 */
export function createTurnAway({ clock, log, accessLog, addressOf, trace, refuse, finished }: TurnAwayParts) {
  return (request: ConnectedArrival, response: Wire): void => {
    const startedAt = clock.monotonic();
    const { headers } = request;
    const { address, secure } = addressOf(request);
    const journey = new Journey(clock);
    const correlationId = correlationIdOf(headers);
    const traceparent = trace(traceparentOf(headers), journey);
    accessLog.received({ request, address, correlationId, traceparent });
    let outcome: Outcome;
    try {
      outcome = refuse({ request, response }, secure, correlationId);
    } catch (failure) {
      outcome = cutAnswer(response, log, failure);
    }
    const { status, codes, bytes } = outcome;
    const summary: RequestSummary = {
      correlationId,
      traceparent,
      client: 'unknown',
      clientVersion: '',
      operation: 'none',
      documentId: undefined,
      outcome: 'failed',
      status,
      codes,
      bytes,
      cost: 0,
      calls: 0,
      startedAt,
      endedAt: clock.monotonic(),
      facts: journeyFacts(journey),
      journey,
    };
    accessLog.completed(nobody, summary);
    finished(summary);
  };
}
