import type { Gate } from '../context/report-only.ts';
import type { Classified, Correlated } from '../context/request-context.ts';
import { consumerOf } from '../rate-limit/keys.ts';
import type { Limiter } from '../rate-limit/limiter.ts';

/** What limits decide before the body is read: from this process's memory, at once. */
export interface EdgeLimits {
  /** Stage 3: address lists and burst guard. */
  address(context: Correlated): void;
  /** Stage 6: a consumer that an operator blocked, or that is known to have nothing left. */
  consumer(context: Classified): void;
}

/** `gate` is that of the limits; lists of addresses and an operator's block are no trial and always bite. */
export function createEdgeLimits(limiter: Limiter, gate: Gate): EdgeLimits {
  return {
    address(context) {
      const refusal = limiter.burst(context.address, context.startedAt);
      if (refusal?.code === 'FORBIDDEN') throw refusal;
      if (refusal) gate.refuse(refusal, context);
    },
    consumer({ principal, client, address }) {
      const consumer = consumerOf(principal, client.name, address);
      const blocked = limiter.blocked(consumer);
      if (blocked) throw blocked;
      // In a trial run the charge tells of it: once a request is enough.
      const exhausted = gate.enforces() ? limiter.knownExhausted(consumer, principal.tier) : undefined;
      if (exhausted) throw exhausted;
    },
  };
}
