import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientInfo } from '../context/client.ts';
import { Deadline } from '../context/deadline.ts';
import type { Principal } from '../context/principal.ts';
import type { Profile } from '../context/profile.ts';
import type { Authenticated, Classified, Correlated, Decoded } from '../context/request-context.ts';
import { GatewayError, toGatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { Answer, PlannedOperation } from '../operation/pipeline.ts';
import type { Journey } from '../telemetry/journey.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { RequestSummary } from '../telemetry/request-summary.ts';
import type { AccessLog, Outcome } from './access-log.ts';
import { auditAccess } from './audit.ts';
import type { RefuseMessage } from './broken-messages.ts';
import { correlationIdOf, traceparentOf } from './correlation.ts';
import type { CrossOrigin } from './cross-origin.ts';
import type { AddressOf, CallerAddress } from './caller-address.ts';
import { checkCsrf } from './csrf.ts';
import { decode } from './decode.ts';
import type { EdgeLimits } from './edge-limits.ts';
import { cutAnswer } from './end-answer.ts';
import { type Arrival, type ConnectedArrival, Exchange, type Wire } from './exchange.ts';
import type { createLocaleResolver } from './locale.ts';
import { negotiateMediaType } from './media-type.ts';
import type { Overload } from './overload.ts';
import type { Exchanged } from './pipeline-types.ts';
import { checkRequestLine, pathOf } from './request-line.ts';
import type { Responder } from './respond.ts';
import { summarise } from './summarise.ts';
import { timeoutFor } from './timeout-header.ts';
import { createTurnAway } from './turn-away.ts';

/** What the way in is built from: each mechanism as one function. */
export interface WayInParts {
  readonly profile: Profile;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly addressOf: AddressOf;
  readonly overload: Pick<Overload, 'enter' | 'leave' | 'refusal' | 'refuses' | 'isShedding'>;
  readonly limits: EdgeLimits;
  readonly requireHttps: boolean;
  readonly crossOrigin: CrossOrigin;
  readonly authenticate: (request: IncomingMessage, context: Correlated) => Principal | Promise<Principal>;
  readonly classify: (headers: IncomingHttpHeaders) => ClientInfo;
  readonly localeOf: ReturnType<typeof createLocaleResolver>;
  /** Names of parameters that hold a document id, beside `documentId`. */
  readonly idParameters: readonly string[];
  readonly prepare: (context: Decoded) => PlannedOperation;
  /** Charges, authorizes and executes: `operation/pipeline.ts` has the order. */
  readonly run: (context: PlannedOperation) => Promise<Answer>;
  readonly responder: Responder;
  /** The `traceparent` for services, from the caller's. */
  readonly trace: (inbound: string | undefined, journey: Journey) => string | undefined;
  /** Hears of every request's end. */
  readonly finished: (summary: RequestSummary) => void;
}

export interface WayIn {
  /** Takes a request to its answer; resolves when that is out. Without a promise it is out already. Never throws or rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void;
  /** Refuses a request that there is no room for as `handle` would; false: there is room, and nothing was done. Never throws. */
  turnAway(request: ConnectedArrival, wire: Wire): boolean;
  /** Is load being shed, so that it pays to refuse what comes before Node makes a request of it? */
  isShedding(): boolean;
  /** Stages 1, 2, 14 and 15 for a message that never became a request. Never rejects. */
  readonly refuse: RefuseMessage;
}

/** The one path that has an operation behind it. */
export const operationPath = '/graphql';

/**
 * The ordered list of the way in. A stage goes on with more known, answers, or throws a coded error; nothing else. Each step's type is
 * the phase that it needs, so that a stage above the one that it builds on does not compile. `docs/request-lifecycle.md` has the same
 * list, and a test compares the two.
 */
export function createWayIn(parts: WayInParts): WayIn {
  const { profile, clock, accessLog, overload, responder } = parts;

  async function receive(exchange: Exchanged, request: IncomingMessage): Promise<Outcome> {
    const { headers } = request;
    const { journey } = exchange;
    const arrived: Correlated = exchange;
    // 3 shields: the cheapest first: a process that is late refuses before it works, an address before it is listened to
    journey.enter('shields', exchange.startedAt);
    parts.limits.address(arrived);
    // 4 message: what HTTP itself and the profile ask of it, before anyone is asked who sent it
    journey.enter('message');
    checkRequestLine(request);
    if (pathOf(request.url ?? '') !== operationPath) throw new GatewayError('NOT_FOUND');
    if (parts.requireHttps && !exchange.secure) throw new GatewayError('INSECURE_TRANSPORT');
    const preflight = parts.crossOrigin.preflight(request.method, headers);
    if (preflight) return responder.preflight(exchange, preflight);
    exchange.crossOrigin = parts.crossOrigin.admit(headers);
    checkCsrf(request, profile, exchange.crossOrigin !== undefined);
    // 5 authenticate: before limits, so that the key is the caller and not the address
    journey.enter('authenticate');
    const found = parts.authenticate(request, arrived);
    const principal = found instanceof Promise ? await found : found;
    const known: Authenticated = advance(arrived, 'principal', principal);
    // 7 classify: which app, in what language; above 6, because an anonymous caller is counted by client and address
    journey.enter('classify');
    const located = advance(known, 'locale', parts.localeOf(headers, principal.claims));
    const classified: Classified = advance(located, 'client', parts.classify(headers));
    // 6 consumer-limits: refused from memory, before the body is read
    journey.enter('consumer-limits');
    parts.limits.consumer(classified);
    // 8 decode: the last that knows HTTP on the way in
    journey.enter('decode');
    const negotiated = advance(classified, 'mediaType', negotiateMediaType(headers.accept));
    const ceilingMs = timeoutFor(headers, Math.max(profile.deadline.queryMs, profile.deadline.mutationMs));
    const decoding = decode(request, profile, parts.idParameters);
    const params = decoding instanceof Promise ? await decoding : decoding;
    const readAt = journey.now();
    const bounded = advance(negotiated, 'deadline', new Deadline(clock, ceilingMs, readAt));
    const decoded: Decoded = advance(bounded, 'params', params);
    // 9 prepare: once per document, then a look-up
    journey.enter('prepare', readAt);
    const planned = parts.prepare(decoded);
    const isQuery = planned.prepared.kind === 'query';
    if (!isQuery && params.method === 'GET')
      throw new GatewayError('METHOD_NOT_ALLOWED', { headers: { allow: 'POST' } });
    const { queryMs, mutationMs } = profile.deadline;
    planned.deadline = new Deadline(clock, Math.min(ceilingMs, isQuery ? queryMs : mutationMs), readAt);
    // 10 to 13 stand in the list of operation/pipeline.ts
    const answer = await parts.run(planned);
    // 14 respond: the only writer of status and headers
    journey.enter('respond');
    return responder.answer(exchange, answer);
  }

  function refusal(exchange: Exchanged, thrown: unknown): Outcome {
    const error = toGatewayError(thrown);
    exchange.journey.leave(error.code);
    if (error.entry.metric === 'bug') exchange.log.error({ error: error.cause ?? error }, 'a stage failed');
    try {
      return responder.refuse(exchange, error);
    } catch (failure) {
      return cutAnswer(exchange.response, exchange.log, failure);
    }
  }

  function open(request: Arrival, wire: Wire, from: CallerAddress): Exchanged {
    const exchange: Exchanged = new Exchange(request, wire, clock, from, parts.log);
    // 2 correlate: before anything can fail; above the log line, which carries the id
    exchange.correlationId = correlationIdOf(request.headers);
    exchange.traceparent = parts.trace(traceparentOf(request.headers), exchange.journey);
    // 1 received: one line before any decision, so that every refusal is in the log
    accessLog.received(exchange);
    return exchange;
  }

  function close(exchange: Exchanged, outcome: Outcome): Promise<void> {
    // 15 completed: one line at the end, when the answer is out or its reader gone
    const answeredAt = exchange.journey.now();
    exchange.journey.leave('ok', answeredAt);
    return exchange.closed.then(() => {
      auditAccess(exchange);
      const summary = summarise(exchange, outcome, answeredAt);
      accessLog.completed(exchange, summary);
      parts.finished(summary);
    });
  }

  async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = open(request, response, parts.addressOf(request));
    let outcome: Outcome;
    try {
      outcome = await receive(exchange, request);
    } catch (thrown) {
      outcome = refusal(exchange, thrown);
    }
    overload.leave();
    return close(exchange, outcome);
  }

  const turnAway = createTurnAway({ ...parts, refuse: responder.prepareRefusal(overload.refusal) });

  return {
    turnAway(request, wire) {
      if (!overload.refuses()) return false;
      turnAway(request, wire);
      return true;
    },

    isShedding: () => overload.isShedding,

    handle: (request, response) => (overload.enter() ? admit(request, response) : turnAway(request, response)),

    async refuse(error, wire, socket, request) {
      const { remoteAddress } = socket as Duplex & { readonly remoteAddress?: string };
      const exchange = open(request ?? unreadable, wire, { address: remoteAddress ?? '', secure: false });
      return close(exchange, responder.refuse(exchange, error));
    },
  };
}

const unreadable: Arrival = { method: undefined, url: undefined, headers: {}, httpVersionMajor: 1 };

/** The same object with one field more, known to be that much further. Every field has its place in it from the start. */
function advance<Phase extends object, Name extends string, Value>(
  context: Phase,
  name: Name,
  value: Value,
): Phase & Record<Name, Value> {
  (context as Record<string, unknown>)[name] = value;
  return context as Phase & Record<Name, Value>;
}
