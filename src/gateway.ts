import { join } from 'node:path';
import { credentialsFrom } from './auth/credentials.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import { createAdminServer } from './admin/server.ts';
import type { Health } from './admin/health.ts';
import { ReportOnly } from './context/report-only.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Profile } from './context/profile.ts';
import type { UpstreamUses } from './context/upstream-use.ts';
import type { LoadedConfig } from './config/load.ts';
import { createAccessLog } from './ingress/access-log.ts';
import { createCallerAddress } from './ingress/caller-address.ts';
import { createEdgeLimits } from './ingress/edge-limits.ts';
import { createClassify } from './ingress/classify.ts';
import { createCrossOrigin } from './ingress/cross-origin.ts';
import { createFixedHeaders } from './ingress/fixed-headers.ts';
import { createLocaleResolver } from './ingress/locale.ts';
import { Overload } from './ingress/overload.ts';
import { createWayIn, type WayIn } from './ingress/pipeline.ts';
import { createResponder } from './ingress/respond.ts';
import { errorsOf, validatorFor } from './generated/index.ts';
import { AssertionSigner } from './auth/assertion.ts';
import type { BarredSubject } from './auth/barred-subjects.ts';
import { createCaching } from './cache/create-caching.ts';
import type { Principal } from './context/principal.ts';
import { publicIdempotencySecret } from './config/sections/idempotency.ts';
import { Idempotency } from './idempotency/idempotency.ts';
import { SeenOnce } from './idempotency/seen-once.ts';
import { webhookToleranceMs } from './lib/standard-webhook.ts';
import { createUpstream, type ForcedBreakers } from './upstream/create-upstream.ts';
import { recordsDigest } from './upstream/services/records-digest.ts';
import { createWriteOnce } from './upstream/write-once.ts';
import { createServices } from './upstream/services/index.ts';
import { openServices } from './upstream/services/open-services.ts';
import type { Clock } from './lib/clock.ts';
import type { PartSet } from './lib/part-set.ts';
import { mountApollo } from './operation/apollo.ts';
import { authorize } from './operation/authorize.ts';
import { createCharge } from './operation/charge.ts';
import { createExecutor } from './operation/execute.ts';
import { explain } from './operation/explain.ts';
import { guardSchema } from './operation/guarded-schema.ts';
import { loadSchema, type ResolverMap } from './operation/load-schema.ts';
import type { PermissionMap } from './operation/permissions.ts';
import { operationPipeline } from './operation/pipeline.ts';
import { createDocumentFinder, documentPolicy } from './operation/persisted.ts';
import { createPrepare } from './operation/prepare.ts';
import { createPrepareStage } from './operation/prepare-stage.ts';
import { readManifest } from './operation/registry/manifest.ts';
import { reportErrors } from './operation/report-errors.ts';
import { createRun } from './operation/run-operation.ts';
import { createAnswerSharing } from './operation/share-answers.ts';
import type { MachineCounters } from './rate-limit/limit-store.ts';
import { Limiter } from './rate-limit/limiter.ts';
import { connectConfiguredRedis } from './redis/configured.ts';
import { untilAvailable } from './redis/until-available.ts';
import type { LineLog } from './telemetry/line-log.ts';
import type { Logger } from './telemetry/logger.ts';
import { Alerts } from './telemetry/alerts.ts';
import type { CertificateExpiry } from './telemetry/certificate-expiry.ts';
import { createRequestTelemetry } from './telemetry/request-telemetry.ts';

export { always, hasRole, hasScope, isAuthenticated } from './operation/permissions.ts';
export type { PermissionMap } from './operation/permissions.ts';
export type { ResolverMap } from './operation/load-schema.ts';
export type { Profile } from './context/profile.ts';
export type { UpstreamUses } from './context/upstream-use.ts';

/** What one client brings: its profile, who may do what, and the resolvers of its own fields. */
export interface Client {
  readonly profile: Profile;
  readonly permissions: PermissionMap;
  readonly resolvers: ResolverMap;
  /** What the resolvers may call, at worst. */
  readonly uses: UpstreamUses;
}

/** What the workers of one machine do together. */
export interface Machine {
  readonly limits: MachineCounters;
  /** Watches how many requests are turned away, by all of them. */
  readonly alerts: Pick<Alerts, 'isOpen' | 'finished'>;
}

/** What a process has once, whatever its configuration becomes. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Logger;
  /** Where the access log goes: the same output, without a search for secrets in lines whose fields are all known. */
  readonly accessLines: LineLog;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly expiry: CertificateExpiry;
  /** Milliseconds between looks at files that may change. */
  readonly watchMs: () => number;
  /** Where the repository's files are: `schema/`. */
  readonly root: string;
  /** Absent: this process shares its port with nobody. */
  readonly machine?: Machine | undefined;
}

/** What operators and services told a process by its admin port, and what holds until it ends. */
export interface Decisions {
  readonly breakers: readonly ForcedBreakers[];
  readonly barred: readonly BarredSubject[];
}

/** All that serves requests by one version of the configuration. It listens nowhere itself. */
export interface Gateway {
  readonly wayIn: WayIn;
  /** Answers for the admin port. */
  readonly admin: ReturnType<typeof createAdminServer>;
  /** Settles once what lies behind was asked for the first time, well or not. */
  readonly ready: Promise<unknown>;
  /** What was decided from outside and only this process knows, and how another takes it over. */
  readonly decisions: { standing(): Decisions; adopt(decisions: Decisions): void };
  /** To be called when it begins to serve. */
  begin(): void;
}

/**
 * The one door: joins the parts in `src/` for one client and one version of the configuration. Only lists; whatever decides lives in a
 * stage. `parts` takes over what the change does not concern; releasing it ends this gateway.
 */
export async function createGateway(
  client: Client,
  { config, hash, waitForRestart = [] }: LoadedConfig,
  { clock, log, accessLines, metrics, health, expiry, watchMs, root, machine }: Surroundings,
  parts: PartSet,
): Promise<Gateway> {
  const { profile, permissions, resolvers, uses } = client;
  const listener = config.listeners[profile.name];
  if (!listener) throw new Error(`The configuration has no listener named ${profile.name}.`);
  const overload = parts.keep(
    'overload',
    [config.overload],
    () => new Overload({ config: config.overload, metrics, onChange: (shedding) => health.shed(shedding) }),
    (it) => it.close(),
  );
  const alerts =
    machine?.alerts ??
    parts.keep(
      'alerts',
      [config.alerts],
      () => new Alerts({ config: config.alerts, profile: profile.name, clock, logger: log, metrics }),
      (it) => it.close(),
    );
  const reportOnly = parts.keep(
    'reportOnly',
    [config.enforcement],
    () => new ReportOnly(config.enforcement, { clock, metrics }),
  );
  const redis = parts.keep(
    'redis',
    [config.redis],
    () => connectConfiguredRedis(config.redis, { clock, metrics, logger: log, watchMs, expiry }),
    (it) => it?.close(),
  );
  const authenticator = createAuthenticator({ config: config.auth, clock, metrics, log, reportOnly, redis, parts });
  const assertion = parts.keep('assertion', [config.auth.assertion], () =>
    config.auth.assertion.enabled ? new AssertionSigner(config.auth.assertion, clock) : undefined,
  );
  const authorization = reportOnly.gate('authorization');
  const limiter = parts.keep(
    'limiter',
    [config.rateLimit, redis],
    (previous: Limiter | undefined) =>
      new Limiter({
        config: config.rateLimit,
        profile: profile.name,
        clock,
        logger: log,
        metrics,
        redis,
        machine: machine?.limits,
        previous,
      }),
    (it) => it.close(),
  );
  const telemetry = await createRequestTelemetry({ config, profile: profile.name, clock, metrics, redis }, parts);
  const { journeys, traffic } = telemetry;
  const caching = parts.keep(
    'caching',
    [config.cache, redis],
    () =>
      createCaching({
        config: config.cache,
        version: recordsDigest(),
        clock,
        logger: log,
        metrics,
        ...(redis && { redis }),
      }),
    (it) => it.close(),
  );
  const upstream = await createUpstream({
    services: config.upstreams,
    contracts: { validatorFor, errorsOf },
    caching,
    metrics,
    log,
    clock,
    watchMs,
    expiry,
    parts,
    assertionOf: parts.keep('assertionOf', [assertion], () =>
      assertion ? (principal: Principal) => assertion.assertionOf(principal) : undefined,
    ),
  });
  const idempotency = parts.keep(
    'idempotency',
    [config.idempotency, redis],
    () => new Idempotency({ config: config.idempotency, clock, metrics, ...(redis && { redis }) }),
  );
  if (config.mode === 'production' && config.idempotency.secret === publicIdempotencySecret)
    log.warn({ 'facet.config.key': 'idempotency.secret' }, 'the secret is the public one of the demo');
  const services = createServices(upstream, createWriteOnce(idempotency), metrics);
  const { maxCost } = profile.limits;
  const limits = reportOnly.gate('limits');
  const { charge, chargeRefused, settle } = createCharge({ limiter, maxCost, gate: limits });
  const schema = parts.keep('schema', [reportOnly], () =>
    guardSchema(loadSchema(join(root, 'schema'), profile.schemaFolders, resolvers).schema, permissions, authorization),
  );
  const prepare = parts.keep('prepare', [schema, config.mode, config.operations], () =>
    createPrepare({
      schema,
      permissions,
      limits: profile.limits,
      uses,
      findDocument: createDocumentFinder({
        ...documentPolicy(config, profile.name),
        operations: readManifest(root, profile.operationsFolder).operations,
        gate: reportOnly.gate('operations'),
      }),
      isProduction: config.mode === 'production',
      maxDocuments: config.operations.maxPreparedDocuments,
    }),
  );
  const execute = parts.keep('execute', [schema], () => createExecutor(schema));
  const pipeline = operationPipeline({
    prepare: createPrepareStage(prepare, config.clientIdentity.unsupportedStatus, chargeRefused),
    charge,
    authorize: (context) => authorize(context.prepared, context.principal, authorization, context),
    share: createAnswerSharing(caching.answers, schema, clock),
    execute(context) {
      openServices(context, services, clock);
      const result = execute(context.prepared, context.params.variables, context);
      return result instanceof Promise
        ? result.then((settled) => reportErrors(settled, context))
        : reportErrors(result, context);
    },
  });
  const apollo = await mountApollo({
    schema,
    logger: log,
    documentOf: prepare.documentOf,
    admit: pipeline.admit,
    execute: (context) => pipeline.execute(context as never),
  });
  parts.keep(
    'apollo',
    [apollo],
    () => apollo,
    (it) => it.stop(),
  );
  const answered = createRun({ pipeline, throughApollo: apollo.run, settle });
  const wayIn = createWayIn({
    profile,
    clock,
    log,
    accessLog: createAccessLog(accessLines, config.logging.anonymiseAddress),
    addressOf: createCallerAddress(listener.trustProxy),
    limits: createEdgeLimits(limiter, limits),
    overload,
    requireHttps: listener.requireHttps,
    crossOrigin: createCrossOrigin({ profile, ...config, publicUrl: listener.publicUrl }),
    classify: createClassify(config),
    localeOf: createLocaleResolver(profile.defaultLocale),
    idParameters: config.operations.idParameters,
    authenticate: ({ rawHeaders }, context) =>
      authenticator.authenticate(credentialsFrom(rawHeaders), profile, context),
    prepare: pipeline.prepare,
    run: config.mode === 'demo' ? async (context) => explain(context, await answered(context)) : answered,
    responder: createResponder({
      fixed: createFixedHeaders(profile, config.browser, config.clientIdentity),
      isDraining: () => health.reason === 'draining',
    }),
    trace: telemetry.trace,
    finished(summary) {
      alerts.finished(summary);
      telemetry.finished(summary);
    },
  });
  const admin = createAdminServer({
    profile: profile.name,
    config,
    hash,
    waitForRestart,
    clock,
    log,
    metrics,
    health,
    traffic,
    journeys,
    redis,
    authenticator,
    limiter,
    upstream,
    caching,
    seenWebhooks: parts.keep('webhooks', [redis], () => new SeenOnce('webhook', 2 * webhookToleranceMs, clock, redis)),
    alerts,
    assertionKeys: assertion?.jwks(),
  });
  await admin.ready();
  parts.keep(
    'admin',
    [admin],
    () => admin,
    (it) => it.close(),
  );
  return {
    wayIn,
    admin,
    ready: Promise.all([authenticator.ready, redis && untilAvailable(redis, config.redis.connectTimeoutMs)]),
    decisions: {
      standing: () => ({ breakers: upstream.forced(), barred: authenticator.barred.standing() }),
      adopt({ breakers, barred }) {
        for (const { match, forced } of breakers)
          if (forced.endsAt > clock.now()) upstream.forceBreakers(match, forced);
        authenticator.barred.adopt(barred);
      },
    },
    begin: () => overload.start(),
  };
}
