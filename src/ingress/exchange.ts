import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AnswerReport, newAnswerReport } from '../context/call-context.ts';
import type { ClientInfo } from '../context/client.ts';
import type { Deadline } from '../context/deadline.ts';
import type { Principal } from '../context/principal.ts';
import type { Quota } from '../context/quota.ts';
import type { Charged, GraphQLParams, ResponseMediaType } from '../context/request-context.ts';
import type { Locale } from '../context/resolver-context.ts';
import { Journey } from '../telemetry/journey.ts';
import type { Logger } from '../telemetry/logger.ts';

/**
 * The one object of a request. Made at arrival with every field in place (one hidden class, whatever stages run), never cloned;
 * stages see it through the phases of `context/request-context.ts`, which say what is filled when. It is the resolvers' context too.
 */
export class Exchange<Prepared, Loaders, Services> implements Charged<Prepared> {
  readonly startedAt: number;
  readonly address: string;
  readonly secure: boolean;
  readonly journey = new Journey();
  readonly report: AnswerReport = newAnswerReport();
  readonly #gone = new AbortController();

  correlationId!: string;
  traceparent: string | undefined;
  log!: Logger;
  principal!: Principal;
  client!: ClientInfo;
  locale!: Locale;
  params!: GraphQLParams;
  mediaType!: ResponseMediaType;
  deadline!: Deadline;
  prepared!: Prepared;
  cost = 0;
  quotas: readonly Quota[] = [];
  loaders!: Loaders;
  services!: Services;

  constructor(startedAt: number, address: string, secure: boolean) {
    this.startedAt = startedAt;
    this.address = address;
    this.secure = secure;
  }

  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Aborts `signal` when the client's connection closes before the answer is out. */
  watch(response: ServerResponse<IncomingMessage>): void {
    response.once('close', () => {
      if (!response.writableFinished) this.#gone.abort();
    });
  }
}
