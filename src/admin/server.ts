import { fastify, type FastifyInstance } from 'fastify';
import type { JourneyStore } from '../telemetry/journey-store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Upstream } from '../upstream/create-upstream.ts';
import type { Access } from './access.ts';
import { serveBreakers } from './breakers.ts';
import { type Health, serveHealth } from './health.ts';
import { serveJourneys } from './journeys.ts';
import { serveWebhooks, type WebhookParts } from './webhooks.ts';

export interface AdminParts {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly access: Access;
  readonly journeys: JourneyStore;
  /** The key set that services verify `X-Identity-Assertion` with; undefined when none is sent. */
  readonly assertionKeys: object | undefined;
  readonly upstream: Pick<Upstream, 'breakers' | 'forceBreakers'>;
  readonly webhooks: WebhookParts;
  readonly log: Logger;
}

/** The listener for operators and probes, apart from the clients' one and on loopback unless configured. */
export function createAdminServer(parts: AdminParts): FastifyInstance {
  const { health, metrics, access, journeys, assertionKeys, upstream, webhooks, log } = parts;
  const app = fastify({ logger: false, forceCloseConnections: true });
  serveHealth(app, health);
  serveBreakers(app, access, upstream, log);
  serveJourneys(app, access, journeys);
  serveWebhooks(app, webhooks);
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.registry.contentType).send(await metrics.expose()),
  );
  if (assertionKeys)
    app.get('/.well-known/jwks.json', (_request, reply) =>
      reply.header('cache-control', 'max-age=60').send(assertionKeys),
    );
  return app;
}
