import { fastify, type FastifyInstance } from 'fastify';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Caching } from '../cache/create-caching.ts';
import type { Config } from '../config/schema.ts';
import type { SeenOnce } from '../idempotency/seen-once.ts';
import type { Clock } from '../lib/clock.ts';
import type { Limiter } from '../rate-limit/limiter.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { JourneyStore } from '../telemetry/journey-store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { TrafficHistory } from '../telemetry/traffic-history.ts';
import type { Upstream } from '../upstream/create-upstream.ts';
import { effectOf } from '../upstream/services/service-events.ts';
import { createAccess } from './access.ts';
import { serveBreakers } from './breakers.ts';
import { serveConsole } from './console.ts';
import { type Health, serveHealth } from './health.ts';
import { serveJourneys } from './journeys.ts';
import { answerInProblems, pathProblems } from './problem-answers.ts';
import { serveStatus } from './status.ts';
import { serveWebhooks } from './webhooks.ts';

export interface AdminParts {
  /** Name of this process's profile. */
  readonly profile: string;
  readonly config: Config;
  readonly hash: string;
  /** Keys whose values in the file count from the next start on. */
  readonly waitForRestart: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly traffic: TrafficHistory;
  readonly journeys: JourneyStore;
  readonly redis: RedisClient | undefined;
  /** Outlives a change of the configuration, as messages come again at any time. */
  readonly seenWebhooks: SeenOnce;
  readonly authenticator: Authenticator;
  readonly limiter: Limiter;
  readonly upstream: Upstream;
  readonly caching: Caching;
  readonly alerts: { readonly isOpen: boolean };
  /** The key set that services verify `X-Identity-Assertion` with; undefined when none is sent. */
  readonly assertionKeys: object | undefined;
}

/**
 * The listener for operators, probes and the services' webhooks, apart from the clients' one and on loopback unless configured. Health,
 * metrics and public keys are for whoever reaches it; webhooks carry a signature; everything else takes a token (`access.ts`).
 */
export function createAdminServer(parts: AdminParts): FastifyInstance {
  const { config, clock, log, metrics, authenticator, upstream, assertionKeys } = parts;
  const app = fastify({ logger: false, forceCloseConnections: true, ...pathProblems });
  answerInProblems(app, log);
  const access = createAccess({
    secret: () => config.admin.secret ?? undefined,
    trustsLoopback: config.mode === 'demo',
    clock,
  });
  serveHealth(app, parts.health);
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.registry.contentType).send(await metrics.expose()),
  );
  if (assertionKeys)
    app.get('/.well-known/jwks.json', (_request, reply) =>
      reply.header('cache-control', 'max-age=60').send(assertionKeys),
    );
  serveConsole(app);
  serveStatus(app, access, { ...parts, issuers: () => authenticator.status() });
  serveJourneys(app, access, parts.journeys);
  serveBreakers(app, access, upstream, log);
  serveWebhooks(app, {
    secretsOf(service) {
      const { webhookSecret, previousWebhookSecret } = config.upstreams[service] ?? {};
      return [webhookSecret, previousWebhookSecret].filter((secret) => typeof secret === 'string');
    },
    effectOf,
    seen: parts.seenWebhooks,
    invalidate: (tags) => parts.caching.invalidation.invalidate(tags),
    bar: (subject) => authenticator.bar(subject),
    unbar: (subject) => authenticator.unbar(subject),
    clock,
    log,
    metrics,
  });
  return app;
}
