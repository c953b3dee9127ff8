import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ForcedState } from '../resilience/circuit-breaker.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BreakerStatus, Upstream } from '../upstream/create-upstream.ts';
import type { Access } from './access.ts';
import { problem } from './problem.ts';

const name = z.string().min(1).max(200);

const target = z.strictObject({ service: name, route: name.optional(), instance: name.optional() });

const override = target.extend({
  state: z.enum(['open', 'closed']),
  /** Why: it goes to the log, with who holds the token, and to everyone who asks for the state. */
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
  access: Access,
  upstream: Pick<Upstream, 'breakers' | 'forceBreakers'>,
  log: Logger,
): void {
  const audit = (action: string, actor: string, message: string, said: Partial<z.infer<typeof override>>): void =>
    log.warn(
      {
        'event.action': action,
        'event.reason': said.reason,
        'user.name': actor,
        'facet.service': said.service,
        'facet.route': said.route,
        'facet.instance': said.instance,
        'facet.state': said.state,
        'facet.ends_at': said.endsAt,
      },
      message,
    );

  app.get('/breakers', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    return reply.header('cache-control', 'no-store').send({ breakers: upstream.breakers().map(shownBreaker) });
  });

  app.put('/breakers', async (request, reply) => {
    const holder = await access(request, reply, 'write');
    if (!holder) return reply;
    const { actor } = holder;
    const said = override.safeParse(request.body);
    if (!said.success) return notRead(reply, problemsOf(said.error));
    const { service, route, instance, state, reason, endsAt } = said.data;
    try {
      const forced = { state, actor, reason, endsAt: Date.parse(endsAt) };
      if (!upstream.forceBreakers({ service, route, instance }, forced)) return noService(reply);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return notRead(reply, [{ path: 'endsAt', message: error.message }]);
    }
    audit('breaker.forced', actor, 'circuits forced', said.data);
    return reply.code(204).send();
  });

  app.delete('/breakers', async (request, reply) => {
    const holder = await access(request, reply, 'write');
    if (!holder) return reply;
    const said = target.safeParse(request.query);
    if (!said.success) return notRead(reply, problemsOf(said.error));
    if (!upstream.forceBreakers(said.data)) return noService(reply);
    audit('breaker.released', holder.actor, 'circuits decide for themselves again', said.data);
    return reply.code(204).send();
  });
}

function notRead(reply: FastifyReply, problems: ReturnType<typeof problemsOf>): FastifyReply {
  return problem(reply, 400, 'This is no decision about circuits.', { problems });
}

function noService(reply: FastifyReply): FastifyReply {
  return problem(reply, 404, 'The configuration has no such service.');
}

/** A circuit as operators see it. */
export type ShownBreaker = Omit<BreakerStatus, 'forced'> & {
  readonly forced: (Omit<ForcedState, 'endsAt'> & { readonly endsAt: string }) | undefined;
};

export function shownBreaker({ forced, ...breaker }: BreakerStatus): ShownBreaker {
  return { ...breaker, forced: forced && { ...forced, endsAt: new Date(forced.endsAt).toISOString() } };
}

function problemsOf({ issues }: z.ZodError): { path: string; message: string }[] {
  return issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}
