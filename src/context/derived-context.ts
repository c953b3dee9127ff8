import type { Logger } from '../telemetry/logger.ts';
import type { Journey } from '../telemetry/journey.ts';
import type { AnswerReport, CallContext } from './call-context.ts';
import type { ClientInfo } from './client.ts';
import type { Deadline } from './deadline.ts';
import type { Principal } from './principal.ts';

/** What differs from the request that work is done for. */
export interface OwnParts {
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  readonly journey?: Journey;
  readonly report?: AnswerReport;
}

/** A context for work that goes on beside or after a request: same caller and correlation id, its own time and its own end. */
export class DerivedContext implements CallContext {
  readonly correlationId: string;
  readonly traceparent: string | undefined;
  readonly principal: Principal;
  readonly client: ClientInfo;
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  readonly journey: Journey;
  readonly report: AnswerReport;
  readonly #origin: CallContext;

  constructor(origin: CallContext, { signal, deadline, journey = origin.journey, report = origin.report }: OwnParts) {
    this.correlationId = origin.correlationId;
    this.traceparent = origin.traceparent;
    this.principal = origin.principal;
    this.client = origin.client;
    this.signal = signal;
    this.deadline = deadline;
    this.journey = journey;
    this.report = report;
    this.#origin = origin;
  }

  /** Asked for when there is something to say: a request's logger is made then. */
  get log(): Logger {
    return this.#origin.log;
  }
}
