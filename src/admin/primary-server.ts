import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { type Health, serveHealth } from './health.ts';
import { problem } from './problem.ts';
import { callWorker, type WorkerAnswer, type WorkerCall } from './worker-call.ts';

export interface PrimaryParts {
  readonly health: Health;
  /** The metrics of all workers, added up. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Where the admin listeners of the workers are that are alive. */
  readonly workers: () => readonly string[];
}

const maxBodyBytes = 65_536;

/** Lists that every worker has a part of. */
const merged: Readonly<Record<string, string>> = { '/breakers': 'breakers', '/journeys': 'journeys' };

/** They speak of one connection, not of the message (RFC 9110 §7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'upgrade']);

/**
 * The admin listener where several workers share a client's port. Health and metrics are the primary's own; a list is put together of
 * what each worker has; another question is answered by the first worker that knows; a decision is handed to every one. Who may ask
 * is judged by the workers, from the headers as they came.
 */
export function createPrimaryServer({ health, metrics, workers }: PrimaryParts): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: maxBodyBytes });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  serveHealth(app, health);
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await metrics();
    return reply.header('content-type', contentType).send(text);
  });
  app.all('/*', async (request, reply) => {
    const { method, url: path, body, ip, headers } = request;
    const call = { method, path, body: body as Buffer | undefined, headers: forwarded(headers, ip) };
    const answer = await ask(workers(), call);
    return answer ? send(reply, answer) : problem(reply, 503, 'No worker answers.');
  });
  return app;
}

async function ask(workers: readonly string[], call: WorkerCall): Promise<WorkerAnswer | undefined> {
  const list = merged[call.path.split('?', 1)[0] ?? ''];
  if (call.method !== 'GET' || list) {
    const settled = await Promise.allSettled(workers.map((worker) => callWorker(worker, call)));
    const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    // A decision holds only if it holds everywhere, so the worst answer counts.
    const [worst] = answers.toSorted((one, other) => other.status - one.status);
    return worst?.status === 200 && list ? { ...worst, body: joined(answers, list) } : worst;
  }
  let last: WorkerAnswer | undefined;
  for (const worker of workers) {
    const answer = await callWorker(worker, call).catch(() => undefined);
    last = answer ?? last;
    if (answer && answer.status !== 404) return answer;
  }
  return last;
}

function joined(answers: readonly WorkerAnswer[], list: string): Buffer {
  const items = answers.flatMap(({ body }) => (JSON.parse(body.toString()) as Record<string, unknown[]>)[list] ?? []);
  return Buffer.from(JSON.stringify({ [list]: items }));
}

function send(reply: FastifyReply, { status, headers, body }: WorkerAnswer): FastifyReply {
  for (const [name, value] of Object.entries(headers)) if (!hopByHop.has(name)) reply.header(name, value);
  return reply.code(status).send(body);
}

/** A caller from elsewhere is named, or the workers would take everybody for a neighbour. */
function forwarded(headers: WorkerCall['headers'], ip: string): WorkerCall['headers'] {
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
  const isLoopback = /^(?:::ffff:)?127\.|^::1$/.test(ip);
  return { ...passed, ...(!isLoopback && { 'x-forwarded-for': ip }) };
}
