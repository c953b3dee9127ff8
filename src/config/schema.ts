import { z } from 'zod';
import { admin } from './sections/admin.ts';
import { alerts } from './sections/alerts.ts';
import { auth } from './sections/auth.ts';
import { browser } from './sections/browser.ts';
import { cache } from './sections/cache.ts';
import { clientIdentity, clients } from './sections/clients.ts';
import { drain } from './sections/drain.ts';
import { enforcement } from './sections/enforcement.ts';
import { idempotency, publicIdempotencySecret } from './sections/idempotency.ts';
import { journeys } from './sections/journeys.ts';
import { listeners } from './sections/listeners.ts';
import { logging } from './sections/logging.ts';
import { playground } from './sections/playground.ts';
import { overload } from './sections/overload.ts';
import { rateLimit } from './sections/rate-limit.ts';
import { redis } from './sections/redis.ts';
import { reload } from './sections/reload.ts';
import { tracing } from './sections/tracing.ts';
import { operations } from './sections/operations.ts';
import { upstreams } from './sections/upstreams.ts';
import { workers } from './sections/workers.ts';

/**
 * The whole of `gateway.yaml`. Each section is one file in `sections/`; every key has its unit in its name, its default here and
 * one sentence. Unknown keys are refused. `docs/configuration.md` and `schema/gateway.schema.json` are made from this.
 */
export const configSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this file format.'),
    mode: z
      .enum(['demo', 'development', 'production'])
      .default('production')
      .describe(
        'demo: playground, introspection and explain on, loopback admin without a token. development: the same, without the demo. production: all of them off.',
      ),
    workers,
    listeners,
    logging,
    admin,
    alerts,
    auth,
    browser,
    cache,
    drain,
    enforcement,
    operations,
    overload,
    clients,
    clientIdentity,
    idempotency,
    playground,
    journeys,
    rateLimit,
    redis,
    tracing,
    reload,
    upstreams: upstreams.default({}),
  })
  .superRefine(refusePublicSecret);

export type Config = z.infer<typeof configSchema>;

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** A process that only this machine reaches may try out production with it; one that others reach may not. */
function refusePublicSecret({ mode, listeners: all, idempotency: { secret } }: Config, context: z.RefinementCtx): void {
  if (mode !== 'production' || secret !== publicIdempotencySecret) return;
  const isReached = Object.values(all).some(({ host }) => !loopbackHost.test(host));
  if (!isReached) return;
  const message = 'is the public one of the demo: in production, on an address that others reach, set one of your own';
  context.addIssue({ code: 'custom', path: ['idempotency', 'secret'], message });
}
