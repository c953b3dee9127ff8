import { join } from 'node:path';
import { credentialsFrom } from './auth/credentials.ts';
import { createAuthenticator } from './auth/authenticator.ts';
import { createAdminServer } from './admin/server.ts';
import { Health, serveHealth } from './admin/health.ts';
import { ReportOnly } from './context/report-only.ts';
import { Metrics } from './telemetry/metrics.ts';
import type { Profile } from './context/profile.ts';
import type { UpstreamUses } from './context/upstream-use.ts';
import type { LoadedConfig } from './config/load.ts';
import { openListenerCertificate } from './ingress/listener-certificate.ts';
import { createAccessLog } from './ingress/access-log.ts';
import { createCallerAddress } from './ingress/caller-address.ts';
import { createEdgeLimits } from './ingress/edge-limits.ts';
import { createClassify } from './ingress/classify.ts';
import { createCrossOrigin, ownOriginsOf } from './ingress/cross-origin.ts';
import { closeServer } from './ingress/drain.ts';
import { createFixedHeaders } from './ingress/fixed-headers.ts';
import { createLocaleResolver } from './ingress/locale.ts';
import { Overload } from './ingress/overload.ts';
import { createWayIn } from './ingress/pipeline.ts';
import { servePlayground } from './ingress/playground.ts';
import { createResponder } from './ingress/respond.ts';
import { createServer, urlOf } from './ingress/server.ts';
import { errorsOf, validatorFor } from './generated/index.ts';
import { AssertionSigner } from './auth/assertion.ts';
import { createCaching } from './cache/create-caching.ts';
import type { Principal } from './context/principal.ts';
import { publicIdempotencySecret } from './config/sections/idempotency.ts';
import { Idempotency } from './idempotency/idempotency.ts';
import { createUpstream } from './upstream/create-upstream.ts';
import { recordsDigest } from './upstream/services/records-digest.ts';
import { createWriteOnce } from './upstream/write-once.ts';
import { createServices } from './upstream/services/index.ts';
import { openServices } from './upstream/services/open-services.ts';
import { systemClock } from './lib/clock.ts';
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
import { readOperationFiles } from './operation/registry/operation-files.ts';
import { readManifest } from './operation/registry/manifest.ts';
import { reportErrors } from './operation/report-errors.ts';
import { createRun } from './operation/run-operation.ts';
import { createAnswerSharing } from './operation/share-answers.ts';
import { Limiter } from './rate-limit/limiter.ts';
import { connectConfiguredRedis } from './redis/configured.ts';
import { Alerts } from './telemetry/alerts.ts';
import { CertificateExpiry } from './telemetry/certificate-expiry.ts';
import { JourneyStore } from './telemetry/journey-store.ts';
import { openLogOutput } from './telemetry/log-output.ts';
import { createLogger } from './telemetry/logger.ts';
import { declareProcessMetrics } from './telemetry/process-metrics.ts';
import { RequestTelemetry } from './telemetry/request-telemetry.ts';
import { TrafficHistory } from './telemetry/traffic-history.ts';
import { logUnheardRejections } from './telemetry/unheard-rejections.ts';

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

export interface Gateway {
  /** Begins to listen; resolves to the addresses in use. */
  start(): Promise<{ readonly url: string; readonly adminUrl: string }>;
  stop(): Promise<void>;
}

/** The one door: joins the parts in `src/` into a process for one client. Only lists; whatever decides lives in a stage. */
export async function createGateway(
  client: Client,
  { config, hash }: LoadedConfig,
  root = process.cwd(),
): Promise<Gateway> {
  const { profile, permissions, resolvers, uses } = client;
  const listener = config.listeners[profile.name];
  if (!listener) throw new Error(`The configuration has no listener named ${profile.name}.`);
  const clock = systemClock;
  const metrics = new Metrics();
  const output = openLogOutput(config.logging, metrics);
  const log = createLogger({
    level: config.logging.level,
    base: { 'service.name': `bff-${profile.name}` },
    destination: output,
  });
  declareProcessMetrics(metrics, { profile: profile.name, configHash: hash });
  const health = new Health();
  const overload = new Overload({ config: config.overload, metrics, onChange: (shedding) => health.shed(shedding) });
  const alerts = new Alerts({ config: config.alerts, profile: profile.name, clock, logger: log, metrics });
  const reportOnly = new ReportOnly(config.enforcement, { clock, metrics });
  const watchMs = config.reload.watchSeconds * 1_000;
  const expiry = new CertificateExpiry({ clock, metrics, log });
  const certificate =
    listener.tls && (await openListenerCertificate({ config: listener.tls, watchMs, expiry, clock, log, metrics }));
  const redis = connectConfiguredRedis(config.redis, { clock, metrics, logger: log });
  const authenticator = createAuthenticator({ config: config.auth, clock, metrics, log, reportOnly, redis });
  const assertion = config.auth.assertion.enabled ? new AssertionSigner(config.auth.assertion, clock) : undefined;
  const authorization = reportOnly.gate('authorization');
  const limiter = new Limiter({ config: config.rateLimit, profile: profile.name, clock, logger: log, metrics, redis });
  const journeys = new JourneyStore({
    config: config.journeys,
    process: profile.name,
    clock,
    metrics,
    shared: redis,
  });
  const traffic = new TrafficHistory(clock);
  const telemetry = new RequestTelemetry(metrics, traffic, journeys);
  const caching = createCaching({
    config: config.cache,
    version: recordsDigest(),
    clock,
    logger: log,
    metrics,
    ...(redis && { redis }),
  });
  const upstream = await createUpstream({
    services: config.upstreams,
    contracts: { validatorFor, errorsOf },
    caching,
    metrics,
    log,
    clock,
    watchMs,
    expiry,
    ...(assertion && { assertionOf: (principal: Principal) => assertion.assertionOf(principal) }),
  });
  const idempotency = new Idempotency({ config: config.idempotency, clock, metrics, ...(redis && { redis }) });
  if (config.mode === 'production' && config.idempotency.secret === publicIdempotencySecret)
    log.warn({ 'facet.config.key': 'idempotency.secret' }, 'the secret is the public one of the demo');
  const services = createServices(upstream, createWriteOnce(idempotency), metrics);
  const { maxCost } = profile.limits;
  const limits = reportOnly.gate('limits');
  const { charge, chargeRefused, settle } = createCharge({ limiter, maxCost, gate: limits });
  const loaded = loadSchema(join(root, 'schema'), profile.schemaFolders, resolvers);
  const schema = guardSchema(loaded.schema, permissions, authorization);
  const prepare = createPrepare({
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
  });
  const execute = createExecutor(schema);
  const pipeline = operationPipeline({
    prepare: createPrepareStage(prepare, config.clientIdentity.unsupportedStatus, chargeRefused),
    charge,
    authorize: (context) => authorize(context.prepared, context.principal, authorization, context.log),
    share: createAnswerSharing(caching.answers, schema, clock),
    async execute(context) {
      openServices(context, services, clock);
      const result = await execute(context.prepared, context.params.variables, context);
      reportErrors(result, context);
      return result;
    },
  });
  const apollo = await mountApollo({
    schema,
    logger: log,
    documentOf: prepare.documentOf,
    admit: pipeline.admit,
    execute: (context) => pipeline.execute(context as never),
  });
  const run = createRun({ pipeline, throughApollo: apollo.run });
  const wayIn = createWayIn({
    profile,
    clock,
    log,
    accessLog: createAccessLog(config.logging.anonymiseAddress),
    addressOf: createCallerAddress(listener.trustProxy),
    limits: createEdgeLimits(limiter, limits),
    overload,
    requireHttps: listener.requireHttps,
    crossOrigin: createCrossOrigin({ profile, ...config, ownOrigins: ownOriginsOf(listener) }),
    classify: createClassify(config),
    localeOf: createLocaleResolver(profile.defaultLocale),
    idParameters: config.operations.idParameters,
    authenticate: ({ rawHeaders }, requestLog) =>
      authenticator.authenticate(credentialsFrom(rawHeaders), profile, requestLog),
    prepare: pipeline.prepare,
    async run(context) {
      const answer = settle(context, await run(context));
      return config.mode === 'demo' ? explain(context, answer) : answer;
    },
    responder: createResponder({
      fixed: createFixedHeaders(profile, config.browser, config.clientIdentity),
      isDraining: () => health.reason === 'draining',
    }),
    finished(summary) {
      alerts.finished(summary);
      telemetry.finished(summary);
    },
  });
  const server = createServer(wayIn, listener, certificate);
  serveHealth(server, health);
  if (config.mode !== 'production') {
    const operations = readOperationFiles(root, profile.operationsFolder);
    await servePlayground(server, { client: profile.name, config: config.playground, root, operations, log });
  }
  const admin = createAdminServer({
    profile: profile.name,
    config,
    hash,
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
    alerts,
    assertionKeys: assertion?.jwks(),
  });
  const stopListening = logUnheardRejections(log);
  return {
    async start() {
      await admin.listen({ host: listener.adminHost, port: listener.adminPort });
      await authenticator.ready;
      await server.listen({ host: listener.host, port: listener.port });
      overload.start();
      health.becomeReady();
      log.info(
        {
          'event.action': 'started',
          'facet.config.hash': hash,
          'facet.url': urlOf(server),
          'facet.admin_url': urlOf(admin),
        },
        'ready',
      );
      return { url: urlOf(server), adminUrl: urlOf(admin) };
    },
    async stop() {
      health.becomeUnready('draining');
      await closeServer(server, config.drain);
      await admin.close();
      await apollo.stop();
      await upstream.close();
      caching.close();
      await limiter.close();
      overload.close();
      certificate?.close();
      expiry.close();
      alerts.close();
      authenticator.close();
      await redis?.close();
      stopListening();
      await output.close();
    },
  };
}
