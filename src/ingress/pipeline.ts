import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientInfo } from '../context/client.ts';
import { Deadline } from '../context/deadline.ts';
import type { Principal } from '../context/principal.ts';
import type { Profile } from '../context/profile.ts';
import type { Decoded } from '../context/request-context.ts';
import { GatewayError, toGatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { Answer, PlannedOperation } from '../operation/pipeline.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { AccessLog, Outcome } from './access-log.ts';
import { auditAccess } from './audit.ts';
import type { CallerAddress } from './caller-address.ts';
import { correlationIdOf, traceparentOf } from './correlation.ts';
import { decode } from './decode.ts';
import type { EdgeLimits } from './edge-limits.ts';
import { Exchange } from './exchange.ts';
import type { createLocaleResolver } from './locale.ts';
import { negotiateMediaType } from './media-type.ts';
import type { Exchanged } from './pipeline-types.ts';
import { refuse, respond } from './respond.ts';

/** What the way in is built from: each mechanism as one function. */
export interface WayInParts {
  readonly profile: Profile;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly addressOf: (request: IncomingMessage) => CallerAddress;
  readonly limits: EdgeLimits;
  readonly classify: (headers: IncomingHttpHeaders) => ClientInfo;
  readonly localeOf: ReturnType<typeof createLocaleResolver>;
  /** Names of parameters that hold a document id, beside `documentId`. */
  readonly idParameters: readonly string[];
  readonly authenticate: (request: IncomingMessage, log: Logger) => Principal | Promise<Principal>;
  readonly prepare: (context: Decoded) => PlannedOperation;
  /** Charges, authorizes and executes: `operation/pipeline.ts` has the order. */
  readonly run: (context: PlannedOperation) => Promise<Answer>;
  /** Hears of every request's end. */
  readonly finished: (outcome: Outcome) => void;
}

export type WayIn = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * The ordered list of the way in. A stage goes on with more known, answers, or throws a coded error; nothing else. The phases'
 * types keep the order: a stage that needs the principal does not compile above `authenticate`.
 */
export function createWayIn(parts: WayInParts): WayIn {
  const { profile, clock, accessLog } = parts;

  async function receive(exchange: Exchanged, request: IncomingMessage, reply: FastifyReply): Promise<Outcome> {
    try {
      // 3 the cheapest shield, ahead of everything that costs more than a look-up
      parts.limits.address(exchange);
      // 5 before limits, so that the key is the caller and not the address
      const principal = parts.authenticate(request, exchange.log);
      exchange.principal = principal instanceof Promise ? await principal : principal;
      // 7 who asks and in what language; a refusal of old builds needs the document
      exchange.client = parts.classify(request.headers);
      exchange.locale = parts.localeOf(request.headers, exchange.principal.claims);
      // 6 before the body is read; below 7, since an anonymous caller is counted by client and address
      parts.limits.consumer(exchange);
      // 8 the last that knows HTTP
      exchange.mediaType = negotiateMediaType(request.headers.accept);
      const params = decode(request, profile, parts.idParameters);
      exchange.params = params instanceof Promise ? await params : params;
      // 9 once per document, then a look-up
      const planned = parts.prepare(exchange);
      if (planned.prepared.kind === 'mutation' && planned.params.method === 'GET')
        throw new GatewayError('METHOD_NOT_ALLOWED', { headers: { allow: 'POST' } });
      const { queryMs, mutationMs } = profile.deadline;
      exchange.deadline = new Deadline(clock, planned.prepared.kind === 'query' ? queryMs : mutationMs);
      // 10-13 charge, authorize, execute
      const answer = await parts.run(planned);
      // 14 the only writer of status and headers
      return respond(exchange, reply, answer);
    } catch (thrown) {
      const error = toGatewayError(thrown);
      if (error.entry.metric === 'bug') exchange.log.error({ error: error.cause ?? error }, 'a stage failed');
      return refuse(exchange, reply, error);
    }
  }

  return async (request, reply) => {
    const { raw } = request;
    const { address, secure } = parts.addressOf(raw);
    const exchange: Exchanged = new Exchange(clock.monotonic(), address, secure);
    exchange.watch(reply.raw);
    // 2 before anything can fail; it stands above the log line because that line carries the id
    exchange.correlationId = correlationIdOf(raw.headers);
    exchange.traceparent = traceparentOf(raw.headers);
    exchange.log = parts.log.child({
      'trace.id': exchange.traceparent?.slice(3, 35),
      'facet.correlation_id': exchange.correlationId,
    });
    // 1 one line before any decision: every refusal is in the log
    accessLog.received(exchange, raw);
    const outcome = await receive(exchange, raw, reply);
    // 15 one line at the end, whatever became of the request
    auditAccess(exchange);
    parts.finished(outcome);
    accessLog.completed(exchange, exchange.signal.aborted ? { ...outcome, result: 'aborted' } : outcome);
  };
}
