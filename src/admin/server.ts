import { fastify, type FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import { type Health, serveHealth } from './health.ts';

export interface AdminParts {
  readonly health: Health;
  readonly metrics: Metrics;
  /** The key set that services verify `X-Identity-Assertion` with; undefined when none is sent. */
  readonly assertionKeys: object | undefined;
}

/** The listener for operators and probes, apart from the clients' one and on loopback unless configured. */
export function createAdminServer({ health, metrics, assertionKeys }: AdminParts): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  serveHealth(app, health);
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.registry.contentType).send(await metrics.expose()),
  );
  if (assertionKeys)
    app.get('/.well-known/jwks.json', (_request, reply) =>
      reply.header('cache-control', 'max-age=60').send(assertionKeys),
    );
  return app;
}
