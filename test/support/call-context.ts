import { pino } from 'pino';
import { type CallContext, newAnswerReport } from '../../src/context/call-context.ts';
import { unknownClient } from '../../src/context/client.ts';
import { Deadline } from '../../src/context/deadline.ts';
import { anonymous, type Principal } from '../../src/context/principal.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { sha256Hex } from '../../src/lib/digest.ts';
import { Journey } from '../../src/telemetry/journey.ts';

/** A signed-in caller; a customer unless said otherwise. */
export function principalOf(subject: string, change: Partial<Principal> = {}): Principal {
  return Object.freeze({
    ...anonymous,
    credential: 'bearer',
    issuer: 'https://id.test',
    subject,
    role: 'customer',
    tier: 'free',
    consumer: subject,
    hash: sha256Hex(subject).slice(0, 16),
    ...change,
  });
}

/** One request of a caller, as the way out sees it. */
export function callContextOf(
  principal: Principal,
  change: Partial<CallContext> = {},
  clock: Clock = systemClock,
): CallContext {
  return {
    correlationId: 'b8f1a0de-8f0b-4c53-9c0e-0b6f5a3c2d11',
    traceparent: undefined,
    principal,
    client: unknownClient,
    deadline: new Deadline(clock, 5_000),
    signal: new AbortController().signal,
    log: pino({ level: 'silent' }),
    journey: new Journey(clock),
    report: newAnswerReport(),
    ...change,
  };
}
