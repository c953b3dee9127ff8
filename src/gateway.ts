import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { anonymous } from './context/principal.ts';
import type { Profile } from './context/profile.ts';
import type { LoadedConfig } from './config/load.ts';
import { createAccessLog } from './ingress/access-log.ts';
import { createLocaleResolver } from './ingress/locale.ts';
import { createWayIn } from './ingress/pipeline.ts';
import { createServer } from './ingress/server.ts';
import { systemClock } from './lib/clock.ts';
import { mountApollo } from './operation/apollo.ts';
import { authorize } from './operation/authorize.ts';
import { execute } from './operation/execute.ts';
import { guardSchema } from './operation/guarded-schema.ts';
import { loadSchema, type ResolverMap } from './operation/load-schema.ts';
import type { PermissionMap } from './operation/permissions.ts';
import { operationPipeline, toAnswer } from './operation/pipeline.ts';
import { createPrepare } from './operation/prepare.ts';
import { reportErrors } from './operation/report-errors.ts';
import { createLogger } from './telemetry/logger.ts';

export { always, hasRole, hasScope, isAuthenticated } from './operation/permissions.ts';
export type { PermissionMap } from './operation/permissions.ts';
export type { ResolverMap } from './operation/load-schema.ts';
export type { Profile } from './context/profile.ts';

/** What one client brings: its profile, who may do what, and the resolvers of its own fields. */
export interface Client {
  readonly profile: Profile;
  readonly permissions: PermissionMap;
  readonly resolvers: ResolverMap;
}

export interface Gateway {
  /** Begins to listen; resolves to the addresses in use. */
  start(): Promise<{ readonly url: string }>;
  stop(): Promise<void>;
}

/** The one door: joins the parts in `src/` into a process for one client. Only lists; whatever decides lives in a stage. */
export async function createGateway(client: Client, { config }: LoadedConfig, root = process.cwd()): Promise<Gateway> {
  const { profile, permissions, resolvers } = client;
  const listener = config.listeners[profile.name];
  if (!listener) throw new Error(`The configuration has no listener named ${profile.name}.`);
  const clock = systemClock;
  const log = createLogger({ level: config.logging.level, base: { 'service.name': `bff-${profile.name}` } });
  const loaded = loadSchema(join(root, 'schema'), profile.schemaFolders, resolvers);
  const schema = guardSchema(loaded.schema, permissions);
  const prepare = createPrepare({ schema, permissions, limits: profile.limits, rules: [], maxEntries: 2_000 });
  const pipeline = operationPipeline({
    prepare: (context) => Object.assign(context, { prepared: prepare(context.params) }),
    charge: (context) => Object.assign(context, { cost: 0, quotas: [] }),
    authorize: ({ prepared, principal }) => authorize(prepared, principal),
    async execute(context) {
      const result = await execute(schema, context.prepared, context.params.variables, context);
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
  const wayIn = createWayIn({
    profile,
    clock,
    log,
    accessLog: createAccessLog(() => clock.monotonic(), config.logging.anonymiseAddress),
    localeOf: createLocaleResolver(profile.defaultLocale),
    authenticate: () => anonymous,
    prepare: pipeline.prepare,
    run: async (context) => toAnswer(await apollo.run(context)),
  });
  const server = createServer({ wayIn, maxBodyBytes: profile.limits.maxBodyBytes });
  return {
    async start() {
      await server.listen({ host: listener.host, port: listener.port });
      const { port } = server.server.address() as AddressInfo;
      return { url: `http://${listener.host}:${port}` };
    },
    async stop() {
      await server.close();
      await apollo.stop();
    },
  };
}
