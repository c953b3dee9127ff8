import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultContext } from '../faults/fault.ts';
import type { ActiveFault, FaultSwitch } from '../faults/fault-switch.ts';
import type { Database } from './database.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { Log } from './json-log.ts';
import { Problem, problemReply } from './problem.ts';
import { checkKnownParameters } from './query-reader.ts';
import { type Outgoing, type Reply, toOutgoing } from './reply.ts';
import { callerOf, correlationIdOf, readBody, type ServiceRequest } from './request.ts';
import type { Route, Router } from './router.ts';
import type { ServiceMetrics } from './service-metrics.ts';

export interface PipelineParts {
  router: Router;
  database: Database;
  idempotency: IdempotencyStore;
  faults: FaultSwitch;
  checkGateway: (authorization: string | undefined) => void;
  checkControl: (authorization: string | undefined) => void;
  toPreviousContract: (body: unknown) => unknown;
  log: Log;
  metrics: ServiceMetrics;
  /** Something may have been written: events may wait, timers may be due. */
  onWrite: () => void;
}

/** What is known of one request by the time it is logged. */
interface Progress {
  correlationId: string;
  operation: string;
  struck: readonly ActiveFault[];
  contexts: FaultContext[];
}

/** The way of a request through a reference service: route, credential, body, faults, handler, answer, log line. */
export function createRequestPipeline(parts: PipelineParts) {
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const correlationId = correlationIdOf(message.headers);
    const progress: Progress = { correlationId, operation: 'unknown', struck: [], contexts: [] };
    let outgoing: Outgoing;
    try {
      outgoing = await answer(parts, message, response, progress);
    } catch (error) {
      outgoing = toOutgoing(replyToError(error, progress, parts.log));
    }
    outgoing.headers.push(['X-Correlation-ID', correlationId]);
    await send(outgoing, response, progress);
    parts.faults.release(progress.struck);

    const seconds = (performance.now() - startedAt) / 1000;
    parts.metrics.observe(progress.operation, outgoing.status, seconds);
    parts.log('info', 'request', {
      correlation_id: correlationId,
      operation: progress.operation,
      method: message.method,
      status: outgoing.status,
      duration_ms: Math.round(seconds * 1e6) / 1000,
      user_id: message.headers['x-user-id'],
      client_name: message.headers['x-client-name'],
      client_version: message.headers['x-client-version'],
      ...(progress.struck.length > 0 && { faults: progress.struck.map(({ fault }) => fault.name) }),
      ...(response.destroyed && !response.writableFinished && { aborted: true }),
    });
  };
}

async function answer(
  parts: PipelineParts,
  message: IncomingMessage,
  response: ServerResponse,
  progress: Progress,
): Promise<Outgoing> {
  const [path = '/', search = ''] = splitTarget(message.url ?? '/');
  const { route, params } = parts.router.match(message.method ?? 'GET', path);
  progress.operation = route.operation;
  const access = route.access ?? 'gateway';
  if (access === 'gateway') parts.checkGateway(message.headers.authorization);
  if (access === 'control') parts.checkControl(message.headers.authorization);
  const caller = access === 'gateway' ? callerOf(message.headers) : { role: 'service' as const, userId: undefined };
  const query = new URLSearchParams(search);
  if (access === 'gateway') checkKnownParameters(query, route.query ?? []);
  if (route.roles !== undefined && !route.roles.includes(caller.role)) {
    throw new Problem(403, 'forbidden', 'The role of the caller may not do this.');
  }
  const mediaType = route.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const { raw, json } = await readBody(message, mediaType);
  const flags = new Set<string>();
  const request: ServiceRequest = {
    method: route.method,
    path,
    params,
    query,
    headers: message.headers,
    caller,
    correlationId: progress.correlationId,
    body: json,
    rawBody: raw,
    flags,
  };

  if (access !== 'control') progress.struck = parts.faults.strike(route);
  if (progress.struck.length === 0) {
    const release = route.idempotency === 'required' ? parts.idempotency.claim(request) : undefined;
    try {
      return toOutgoing(await runHandler(parts, route, request));
    } finally {
      release?.();
    }
  }

  progress.contexts = progress.struck.map((active) => contextOf(active, request, response, parts));
  for (const { fault } of progress.struck) {
    parts.metrics.faultInjected(fault.name);
    if (fault.isFlag) flags.add(fault.name);
  }
  return answerUnderFaults(parts, route, request, progress);
}

/** The same way with faults on it: they may delay the handler, stand in for it, and change what it answered. */
async function answerUnderFaults(
  parts: PipelineParts,
  route: Route,
  request: ServiceRequest,
  { struck, contexts }: Progress,
): Promise<Outgoing> {
  const standIn = struck.findIndex(({ fault }) => fault.answer !== undefined);
  const isHandlerSkipped = standIn >= 0 && contexts[standIn]!.parameters['after'] !== true;
  let reply: Reply | undefined;
  const release = route.idempotency === 'required' ? parts.idempotency.claim(request) : undefined;
  try {
    const startedAt = performance.now();
    for (const [index, { fault }] of struck.entries()) await fault.delay?.(contexts[index]!);
    checkDeadline(request, performance.now() - startedAt);
    if (!isHandlerSkipped) reply = await runHandler(parts, route, request);
  } finally {
    release?.();
  }
  for (const [index, { fault }] of struck.entries()) await fault.linger?.(contexts[index]!);
  if (standIn >= 0) reply = struck[standIn]!.fault.answer!(contexts[standIn]!);
  let outgoing = toOutgoing(reply!);
  for (const [index, { fault }] of struck.entries()) {
    if (fault.rewrite !== undefined) outgoing = fault.rewrite(outgoing, contexts[index]!);
  }
  return outgoing;
}

/** Does not begin what its caller no longer waits for: nothing happened, and 504 says so. */
function checkDeadline(request: ServiceRequest, elapsedMs: number): void {
  const budgetMs = Number(request.headers['x-request-deadline-ms'] ?? Number.POSITIVE_INFINITY);
  if (elapsedMs < budgetMs || Number.isNaN(budgetMs)) return;
  throw new Problem(504, 'deadline_exceeded', 'The time of the caller ran out before the work began.');
}

async function runHandler(parts: PipelineParts, route: Route, request: ServiceRequest): Promise<Reply> {
  if (route.method === 'GET' || route.isSafe) return route.handle(request);
  // A handler that writes is synchronous, so that it is one transaction and nothing can come in between.
  const work = (): Reply => route.handle(request) as Reply;
  const reply =
    route.idempotency === 'required' ? parts.idempotency.run(request, work) : parts.database.transaction(work);
  parts.onWrite();
  return reply;
}

function contextOf(
  active: ActiveFault,
  request: ServiceRequest,
  response: ServerResponse,
  parts: PipelineParts,
): FaultContext {
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  return {
    request,
    parameters: active.parameters,
    random: active.random,
    signal: AbortSignal.any([active.removed, hungUp.signal]),
    toPreviousContract: parts.toPreviousContract,
  };
}

function replyToError(error: unknown, progress: Progress, log: Log): Reply {
  if (error instanceof Problem) return problemReply(error, progress.correlationId);
  log('error', 'handler failed', {
    correlation_id: progress.correlationId,
    operation: progress.operation,
    error: error instanceof Error ? error.stack : String(error),
  });
  return problemReply(new Problem(500, 'internal_error', 'The service failed.'), progress.correlationId);
}

async function send(outgoing: Outgoing, response: ServerResponse, { struck, contexts }: Progress): Promise<void> {
  const sender = struck.findIndex(({ fault }) => fault.send !== undefined);
  if (sender >= 0) {
    await struck[sender]!.fault.send!(outgoing, response, contexts[sender]!);
    return;
  }
  const headers = outgoing.headers.flat();
  // RFC 9110 §8.6: no Content-Length on 204, and on 304 only one that a 200 would have had.
  if (outgoing.status !== 204 && outgoing.status !== 304) headers.push('Content-Length', String(outgoing.body.length));
  response.writeHead(outgoing.status, headers);
  response.end(outgoing.body);
}

function splitTarget(target: string): [path: string, search: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}
