import type { IncomingMessage } from 'node:http';
import { type AnswerReport, newAnswerReport } from '../context/call-context.ts';
import type { ClientInfo } from '../context/client.ts';
import type { Deadline } from '../context/deadline.ts';
import type { Principal } from '../context/principal.ts';
import type { Quota } from '../context/quota.ts';
import type { Charged, GraphQLParams, ResponseMediaType } from '../context/request-context.ts';
import type { Locale } from '../context/resolver-context.ts';
import type { Clock } from '../lib/clock.ts';
import { Journey } from '../telemetry/journey.ts';
import type { Logger } from '../telemetry/logger.ts';
import { traceIdOf } from '../telemetry/trace-ids.ts';
import type { HeaderBlock, HeaderList } from './header-block.ts';
import type { CallerAddress } from './caller-address.ts';

/** What a stage may know of the message itself. Of a connection that never sent a whole one, next to nothing. */
export type Arrival = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'httpVersionMajor'>;

/** With the connection that it came by. */
export type ConnectedArrival = Arrival & Pick<IncomingMessage, 'socket'>;

/** Where the answer goes: Node's response, or the bare socket of a connection where Node made none. */
export interface Wire {
  writeHead(status: number, headers: string[]): unknown;
  /** The same with the rest of the head as text, where that is what it becomes. */
  writeLines?(status: number, headers: HeaderList, lines: string): unknown;
  end(body: string | Buffer): unknown;
  /** Ends the connection in the middle of it. */
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
  /** Has everything been handed to the socket? */
  readonly writableFinished: boolean;
}

/**
 * The one object of a request. Made at arrival with every field in place (one hidden class, whatever stages run), never cloned;
 * stages see it through the phases of `context/request-context.ts`, which say what is filled when. It is the resolvers' context too.
 */
export class Exchange<Prepared, Loaders, Services> implements Charged<Prepared> {
  readonly request: Arrival;
  readonly response: Wire;
  readonly startedAt: number;
  readonly address: string;
  readonly secure: boolean;
  readonly journey: Journey;
  readonly report: AnswerReport = newAnswerReport();
  /** Resolves when the connection is done with the answer, or gone before. */
  readonly closed: Promise<void>;
  /** The caller's connection closed before the answer was out. */
  isGone = false;
  readonly #processLog: Logger;
  #log: Logger | undefined;
  #gone: AbortController | undefined;

  correlationId!: string;
  traceparent: string | undefined;
  /** What a page of another origin that may call is told; written by stage 4. */
  crossOrigin: HeaderBlock | undefined;
  principal!: Principal;
  client!: ClientInfo;
  locale!: Locale;
  params!: GraphQLParams;
  mediaType!: ResponseMediaType;
  deadline!: Deadline;
  prepared!: Prepared;
  cost = 0;
  quotas: readonly Quota[] = [];
  finishedBody: Buffer | undefined;
  objects: number | undefined;
  loaders!: Loaders;
  services!: Services;

  constructor(request: Arrival, response: Wire, clock: Clock, { address, secure }: CallerAddress, log: Logger) {
    this.request = request;
    this.response = response;
    this.startedAt = clock.monotonic();
    this.journey = new Journey(clock);
    this.address = address;
    this.secure = secure;
    this.#processLog = log;
    this.closed = new Promise((resolve) => {
      response.once('close', () => {
        if (!response.writableFinished) {
          this.isGone = true;
          this.#gone?.abort();
        }
        resolve();
      });
    });
  }

  /** Aborts when the client's connection closes before the answer is out. Made when a call first needs it. */
  get signal(): AbortSignal {
    if (!this.#gone) {
      this.#gone = new AbortController();
      if (this.isGone) this.#gone.abort();
    }
    return this.#gone.signal;
  }

  /** Puts the request's ids on every line. Made when something is to be said: mostly nothing is, beside the access log. */
  get log(): Logger {
    return (this.#log ??= this.#processLog.child({
      'trace.id': this.traceparent && traceIdOf(this.traceparent),
      'http.request.id': this.correlationId,
    }));
  }
}
