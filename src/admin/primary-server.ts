import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { JourneyLine } from '../telemetry/journey-store.ts';
import { type Access, isLoopbackAddress } from './access.ts';
import type { ShownBreaker } from './breakers.ts';
import { serveConsole } from './console.ts';
import { type Health, serveHealth } from './health.ts';
import { mergedBreakers } from './merged-breakers.ts';
import { mergedStatus, type PrimaryStatus } from './merged-status.ts';
import { answerInProblems, pathProblems } from './problem-answers.ts';
import { problem } from './problem.ts';
import type { ProcessStatus } from './status.ts';
import { type AskedWorker, askEach, type WorkerAnswer, type WorkerCall, type WorkerView } from './worker-call.ts';

export interface PrimaryParts {
  readonly health: Health;
  readonly access: Access;
  /** The metrics of all workers, added up. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Those that are alive. */
  readonly workers: () => readonly WorkerView[];
  readonly status: () => PrimaryStatus;
}

const maxBodyBytes = 65_536;

/** They speak of one connection, not of the message (RFC 9110 §7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'upgrade']);

/**
 * The admin listener where several workers share a client's port: everything that is seen here is of all of them, everything that is
 * decided here holds for all of them. Health, metrics and the console are the primary's own. A worker that does not answer in
 * time costs its own part of an answer, which names it.
 */
export function createPrimaryServer(parts: PrimaryParts): FastifyInstance {
  const { health, access, metrics, workers } = parts;
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: maxBodyBytes, ...pathProblems });
  answerInProblems(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  /** What ended meanwhile is left out. */
  const settled = async (asked: readonly Promise<AskedWorker>[]): Promise<AskedWorker[]> => {
    const all = await Promise.all(asked);
    const alive = new Set(workers().map(({ pid }) => pid));
    return all.filter(({ answer, worker }) => answer ?? alive.has(worker.pid));
  };
  const ask = (request: FastifyRequest): Promise<AskedWorker[]> => settled(askEach(workers(), callOf(request)));

  serveHealth(app, health);
  serveConsole(app);
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await metrics();
    return reply.header('content-type', contentType).send(text);
  });

  app.get('/status', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    const asked = new Map((await ask(request)).map((one) => [one.worker.pid, one.answer]));
    const views = workers().map((worker) => ({ worker, status: read<ProcessStatus>(asked.get(worker.pid)) }));
    return reply.header('cache-control', 'no-store').send(mergedStatus(parts.status(), views));
  });

  app.get('/breakers', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    const asked = await ask(request);
    const breakers = asked.flatMap(({ answer }) => read<{ breakers: ShownBreaker[] }>(answer)?.breakers ?? []);
    return send(reply, { breakers: mergedBreakers(breakers), silentWorkers: silent(asked) });
  });

  app.get<{ Querystring: { limit?: string } }>('/journeys', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    const asked = await ask(request);
    const refused = asked.find(({ answer }) => answer?.status === 400)?.answer;
    if (refused) return pass(reply, refused);
    const lines = asked.flatMap(({ answer }) => read<{ journeys: JourneyLine[] }>(answer)?.journeys ?? []);
    const latest = lines.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
    const most = Number(request.query.limit ?? 50);
    return send(reply, { journeys: latest.slice(0, most), silentWorkers: silent(asked) });
  });

  // A decision holds only if it holds everywhere: the worst answer counts, and no answer is worse than any.
  const decide = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const asked = await ask(request);
    const [worst] = answersOf(asked).toSorted((one, other) => other.status - one.status);
    if (worst && worst.status >= 300) return pass(reply, worst);
    const missing = silent(asked);
    if (missing.length > 0) return problem(reply, 503, `${named(missing)} did not answer; the others did it.`);
    return worst ? pass(reply, worst) : problem(reply, 503, 'No worker answers.');
  };

  // Whatever one of them knows is enough: a journey, the public keys.
  const find = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const asking = askEach(workers(), callOf(request));
    const known = asking.map(async (one) => {
      const { answer } = await one;
      if (!answer || answer.status === 404) throw new Error('not known there');
      return answer;
    });
    const first = await Promise.any(known).catch(() => undefined);
    if (first) return pass(reply, first);
    const asked = await settled(asking);
    const missing = silent(asked);
    if (missing.length > 0) return problem(reply, 503, `${named(missing)} did not answer; the others do not know it.`);
    const [unknown] = answersOf(asked);
    return unknown ? pass(reply, unknown) : problem(reply, 503, 'No worker answers.');
  };

  app.all('/*', (request, reply) => (request.method === 'GET' ? find(request, reply) : decide(request, reply)));
  return app;
}

/** Who may ask is judged by the workers too, from the headers as they came. */
function callOf({ method, url: path, body, ip, headers }: FastifyRequest): WorkerCall {
  return { method, path, body: body as Buffer | undefined, headers: forwarded(headers, ip) };
}

/** A caller from elsewhere is named, or the workers would take everybody for a neighbour. */
function forwarded(headers: WorkerCall['headers'], ip: string): WorkerCall['headers'] {
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
  return { ...passed, ...(!isLoopbackAddress(ip) && { 'x-forwarded-for': ip }) };
}

function read<T>(answer: WorkerAnswer | undefined): T | undefined {
  return answer?.status === 200 ? (JSON.parse(answer.body.toString()) as T) : undefined;
}

function answersOf(asked: readonly AskedWorker[]): WorkerAnswer[] {
  return asked.flatMap(({ answer }) => answer ?? []);
}

/** Process ids of those that did not answer. */
function silent(asked: readonly AskedWorker[]): number[] {
  return asked.filter(({ answer }) => !answer).map(({ worker }) => worker.pid);
}

function named(pids: readonly number[]): string {
  return pids.length === 1 ? `Worker ${pids[0]}` : `Workers ${pids.join(', ')}`;
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply.header('cache-control', 'no-store').send(body);
}

function pass(reply: FastifyReply, { status, headers, body }: WorkerAnswer): FastifyReply {
  for (const [name, value] of Object.entries(headers)) if (!hopByHop.has(name)) reply.header(name, value);
  return reply.code(status).send(body);
}
