import type { FastifyInstance } from 'fastify';
import type { Clock } from '../lib/clock.ts';
import type { LineLog } from '../telemetry/line-log.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createAccessLog } from './access-log.ts';
import { createCallerAddress } from './caller-address.ts';
import { correlationIdOf } from './correlation.ts';
import { Exchange } from './exchange.ts';
import type { Exchanged } from './pipeline-types.ts';
import { summarise } from './summarise.ts';

export interface PageLinesParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly accessLines: LineLog;
  /** As they are now. */
  readonly settings: () => { readonly trustProxy: readonly string[]; readonly anonymiseAddress: boolean };
}

/** Writes the two lines of requests that pages answer, beside the way in: nothing that comes in by this port is not in the log. */
export function logPages(scope: FastifyInstance, { clock, log, accessLines, settings }: PageLinesParts): void {
  scope.addHook('onRequest', (request, reply, next) => {
    const { trustProxy, anonymiseAddress } = settings();
    const accessLog = createAccessLog(accessLines, anonymiseAddress);
    const from = createCallerAddress(trustProxy)(request.raw);
    const exchange: Exchanged = new Exchange(request.raw, reply.raw, clock, from, log);
    exchange.correlationId = correlationIdOf(request.headers);
    void reply.header('x-correlation-id', exchange.correlationId);
    accessLog.received(exchange);
    void exchange.closed.then(() => {
      const bytes = Number(reply.getHeader('content-length') ?? 0);
      const outcome = { status: reply.statusCode, codes: [], bytes, hasData: true };
      accessLog.completed(exchange, summarise(exchange, outcome, clock.monotonic()));
    });
    next();
  });
}
