import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Logger } from '../telemetry/logger.ts';
import type { Upstream } from '../upstream/create-upstream.ts';

const name = z.string().min(1).max(200);

const target = z.strictObject({ service: name, route: name.optional(), instance: name.optional() });

const override = target.extend({
  state: z.enum(['open', 'closed']),
  /** Who says so, and why: both go to the log and to everyone who asks for the state. */
  actor: name,
  reason: z.string().min(1).max(500),
  /** RFC 3339, at most 24 hours away. */
  endsAt: z.iso.datetime({ offset: true }),
});

/**
 * `GET /breakers` shows every circuit that has seen an attempt; `PUT` forces those of a service, a route or an instance open or closed
 * until an instant; `DELETE` with the same target lets them decide for themselves again.
 */
export function serveBreakers(
  app: FastifyInstance,
  upstream: Pick<Upstream, 'breakers' | 'forceBreakers'>,
  log: Logger,
): void {
  app.get('/breakers', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ breakers: upstream.breakers().map(shown) }),
  );

  app.put('/breakers', (request, reply) => {
    const said = override.safeParse(request.body);
    if (!said.success) return reply.code(400).send({ problems: problemsOf(said.error) });
    const { service, route, instance, state, actor, reason, endsAt } = said.data;
    try {
      const forced = { state, actor, reason, endsAt: Date.parse(endsAt) };
      if (!upstream.forceBreakers({ service, route, instance }, forced)) return reply.code(404).send();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return reply.code(400).send({ problems: [{ path: 'endsAt', message: error.message }] });
    }
    log.warn({ event: 'breaker.forced', service, route, instance, state, actor, reason, endsAt }, 'circuits forced');
    return reply.code(204).send();
  });

  app.delete('/breakers', (request, reply) => {
    const said = target.safeParse(request.query);
    if (!said.success) return reply.code(400).send({ problems: problemsOf(said.error) });
    if (!upstream.forceBreakers(said.data)) return reply.code(404).send();
    log.warn({ event: 'breaker.released', ...said.data }, 'circuits decide for themselves again');
    return reply.code(204).send();
  });
}

function shown({ forced, ...breaker }: ReturnType<Upstream['breakers']>[number]) {
  return { ...breaker, forced: forced && { ...forced, endsAt: new Date(forced.endsAt).toISOString() } };
}

function problemsOf({ issues }: z.ZodError): { path: string; message: string }[] {
  return issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}
