import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/schema.ts';
import type { JwksStatus } from '../auth/jwks.ts';
import type { Clock } from '../lib/clock.ts';
import type { Limiter } from '../rate-limit/limiter.ts';
import type { Override } from '../rate-limit/override-store.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { TrafficHistory } from '../telemetry/traffic-history.ts';
import type { Upstream } from '../upstream/create-upstream.ts';
import type { Access } from './access.ts';
import { shownBreaker } from './breakers.ts';
import type { Health } from './health.ts';

export interface StatusParts {
  /** Name of this process's profile. */
  readonly profile: string;
  readonly hash: string;
  readonly config: Pick<Config, 'mode' | 'enforcement'>;
  readonly clock: Clock;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly traffic: TrafficHistory;
  readonly redis: { readonly available: boolean } | undefined;
  readonly issuers: () => readonly JwksStatus[];
  readonly limiter: Pick<Limiter, 'isShared' | 'instances' | 'overrides'>;
  readonly upstream: Pick<Upstream, 'breakers' | 'instances'>;
  readonly alerts: { readonly isOpen: boolean };
}

/**
 * `GET /status`: everything an operator wants to know of a process before touching anything: what it depends on and how that is, what
 * people decided by hand, and how the last five minutes went.
 */
export function serveStatus(app: FastifyInstance, access: Access, parts: StatusParts): void {
  const { profile, hash, config, clock, health, metrics, traffic, redis, limiter, upstream } = parts;
  const startedAt = new Date(clock.now() - process.uptime() * 1_000).toISOString();
  app.get('/status', async (request, reply) => {
    if (!(await access(request, reply, 'read'))) return reply;
    const now = clock.now();
    return reply.header('cache-control', 'no-store').send({
      process: profile,
      mode: config.mode,
      configHash: hash,
      startedAt,
      now: new Date(now).toISOString(),
      ready: health.ready,
      reason: health.reason,
      redis: redis ? (redis.available ? 'available' : 'lost') : 'not configured',
      issuers: parts.issuers(),
      alerts: { rejections: parts.alerts.isOpen ? 'open' : 'closed' },
      reportOnly: Object.entries(config.enforcement)
        .filter(([, { mode, until }]) => mode === 'report' && (until === undefined || now < Date.parse(until)))
        .map(([decision, { until }]) => ({ decision, until })),
      limits: {
        shared: limiter.isShared,
        instances: limiter.instances,
        overrides: limiter.overrides.map(shownOverride),
        refusals: await metrics.totals('facet_rate_limit_refusals_total', 'quota'),
      },
      cache: await metrics.totals('facet_cache_lookups_total', 'outcome'),
      instances: upstream.instances(),
      breakers: upstream.breakers().map(shownBreaker),
      traffic: traffic.read(),
    });
  });
}

function shownOverride({ since, until, ...decision }: Override): object {
  return { ...decision, since: new Date(since).toISOString(), until: new Date(until).toISOString() };
}
