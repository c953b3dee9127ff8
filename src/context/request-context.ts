import type { Logger } from '../telemetry/logger.ts';
import type { Journey } from '../telemetry/journey.ts';
import type { AnswerReport } from './call-context.ts';
import type { ClientInfo } from './client.ts';
import type { Deadline } from './deadline.ts';
import type { Principal } from './principal.ts';
import type { Quota } from './quota.ts';
import type { Locale } from './resolver-context.ts';

/**
 * One object per request, made at arrival and never cloned. The phases below are views of that same object: a stage takes the
 * phase it needs and returns the next one, so a stage out of order does not compile. Each field has one writer, named here.
 */
export interface Arrived {
  /** Monotonic milliseconds; written by the access log, stage 1. */
  readonly startedAt: number;
  readonly journey: Journey;
  readonly report: AnswerReport;
  /** Aborts when the client's connection closes before the answer is written. */
  readonly signal: AbortSignal;
  /** The caller's address: the socket's, or the first untrusted hop of `X-Forwarded-For` behind a trusted proxy. */
  readonly address: string;
  readonly secure: boolean;
}

/** Stage 2, correlation. */
export interface Correlated extends Arrived {
  correlationId: string;
  traceparent: string | undefined;
  /** With the request's ids on every line; made when first used, so don't read it without something to say. */
  readonly log: Logger;
}

/** Stage 5, authenticate. */
export interface Authenticated extends Correlated {
  principal: Principal;
}

/** Stage 7, classify. */
export interface Classified extends Authenticated {
  client: ClientInfo;
  locale: Locale;
}

/** Stage 8, decode: the last that knows HTTP on the way in. */
export interface Decoded extends Classified {
  params: GraphQLParams;
  mediaType: ResponseMediaType;
  deadline: Deadline;
}

/** Stage 9, prepare. `Prepared` is the operation's static plan (`operation/prepare.ts`). */
export interface Planned<Prepared> extends Decoded {
  prepared: Prepared;
}

/** Stage 10, charge. */
export interface Charged<Prepared> extends Planned<Prepared> {
  /** Estimated cost of this request with its variables. */
  cost: number;
  quotas: readonly Quota[];
  /** The bytes of an answer that several requests are given, by stage 12: an answer with data and nothing else. */
  finishedBody?: Buffer | undefined;
  /** How many objects those hold. */
  objects?: number | undefined;
}

/** The parameters of GraphQL over HTTP, checked for shape but not yet for meaning. */
export interface GraphQLParams {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  readonly method: 'GET' | 'POST';
}

/** GraphQL over HTTP §"Media Types": the accepted type picks the status rules. */
export type ResponseMediaType = 'application/graphql-response+json' | 'application/json';
