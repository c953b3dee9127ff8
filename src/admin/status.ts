import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/schema.ts';
import type { JwksStatus } from '../auth/jwks.ts';
import type { Clock } from '../lib/clock.ts';
import type { Limiter } from '../rate-limit/limiter.ts';
import type { Override } from '../rate-limit/override-store.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { TrafficHistory, TrafficStep } from '../telemetry/traffic-history.ts';
import type { Upstream } from '../upstream/create-upstream.ts';
import type { InstanceStatus } from '../upstream/instances.ts';
import type { Access } from './access.ts';
import { type ShownBreaker, shownBreaker } from './breakers.ts';
import type { Health } from './health.ts';

export interface StatusParts {
  /** Name of this process's profile. */
  readonly profile: string;
  readonly hash: string;
  readonly waitForRestart: readonly string[];
  readonly config: Pick<Config, 'mode' | 'enforcement'>;
  readonly clock: Clock;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly traffic: TrafficHistory;
  readonly redis: { readonly available: boolean } | undefined;
  readonly issuers: () => readonly JwksStatus[];
  readonly limiter: Pick<Limiter, 'counted' | 'instances' | 'overrides'>;
  readonly upstream: Pick<Upstream, 'breakers' | 'instances'>;
  readonly alerts: { readonly isOpen: boolean };
}

/** What `GET /status` says of one process. Times are RFC 3339 unless their name has a unit. */
export interface ProcessStatus {
  readonly process: string;
  readonly mode: Config['mode'];
  readonly configHash: string;
  /** Keys whose values in the file count from the next start on. */
  readonly waitForRestart: readonly string[];
  readonly startedAt: string;
  readonly now: string;
  readonly ready: boolean;
  readonly reason: string;
  readonly redis: 'available' | 'lost' | 'not configured';
  readonly issuers: readonly JwksStatus[];
  readonly alerts: { readonly rejections: 'open' | 'closed' };
  readonly reportOnly: readonly { readonly decision: string; readonly until: string | undefined }[];
  readonly limits: {
    /** Who counts together at present. */
    readonly counted: Limiter['counted'];
    readonly instances: number;
    readonly overrides: readonly ShownOverride[];
    readonly refusals: Readonly<Record<string, number>>;
  };
  readonly cache: Readonly<Record<string, number>>;
  readonly instances: readonly InstanceStatus[];
  readonly breakers: readonly ShownBreaker[];
  readonly traffic: readonly TrafficStep[];
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
    const status: ProcessStatus = {
      process: profile,
      mode: config.mode,
      configHash: hash,
      waitForRestart: parts.waitForRestart,
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
        counted: limiter.counted,
        instances: limiter.instances,
        overrides: limiter.overrides.map(shownOverride),
        refusals: await metrics.totals('facet_rate_limit_refusals_total', 'quota'),
      },
      cache: await metrics.totals('facet_cache_lookups_total', 'outcome'),
      instances: upstream.instances(),
      breakers: upstream.breakers().map(shownBreaker),
      traffic: traffic.read(),
    };
    return reply.header('cache-control', 'no-store').send(status);
  });
}

type ShownOverride = Omit<Override, 'since' | 'until'> & { readonly since: string; readonly until: string };

function shownOverride({ since, until, ...decision }: Override): ShownOverride {
  return { ...decision, since: new Date(since).toISOString(), until: new Date(until).toISOString() };
}
