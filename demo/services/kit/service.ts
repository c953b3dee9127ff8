import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createFaultSwitch } from '../faults/fault-switch.ts';
import { type Clock, createClock } from './clock.ts';
import { controlRoutes } from './control-routes.ts';
import { type Database, openDatabase } from './database.ts';
import type { DueWorker } from './due-worker.ts';
import { createCredentialCheck } from './gateway-credential.ts';
import { healthRoutes } from './health-routes.ts';
import { createIdempotencyStore, idempotencySchema } from './idempotency.ts';
import { createJsonLog, type Log } from './json-log.ts';
import { createOutbox, type Outbox, outboxSchema } from './outbox.ts';
import { createRequestPipeline } from './request-pipeline.ts';
import { createRouter, type Route } from './router.ts';
import { createServiceMetrics } from './service-metrics.ts';
import { defaultSeedDay, type ServiceOptions } from './service-options.ts';

/** What every service is given to build its routes with. */
export interface ServiceBase {
  database: Database;
  clock: Clock;
  outbox: Outbox;
  log: Log;
}

/** What makes a service this service. */
export interface ServiceDefinition {
  name: string;
  /** Raise it with each change of tables or seed data. */
  dataVersion: number;
  tables: string;
  seed(database: Database, lastDayMs: number): void;
  build(base: ServiceBase): {
    routes: Route[];
    workers?: DueWorker[];
    /** Turns an answer into that of the contract version before. */
    toPreviousContract: (body: unknown) => unknown;
  };
}

export interface RunningService {
  name: string;
  /** e.g. `http://127.0.0.1:8001`, without a slash at the end. */
  url: string;
  port: number;
  clock: Clock;
  /** Looks for due work: after `clock.advance`, so that pending refunds settle and deliveries go out. */
  runDueWork(): void;
  /** Not ready at once, then the open requests end, then the file is closed. */
  close(): Promise<void>;
}

const closeGraceMs = 2_000;

/**
 * Listens, opens the service's file (the first time it is seeded) and only then answers: a taken port is found out before
 * any work. Rejects with a clear sentence.
 */
export async function startService(definition: ServiceDefinition, options: ServiceOptions): Promise<RunningService> {
  const clock = createClock();
  const writeLog = options.writeLog ?? ((line: string) => void process.stdout.write(line));
  const log = createJsonLog(definition.name, () => clock.now(), writeLog);
  const metrics = createServiceMetrics(definition.name);
  // Longer than the keep-alive of any caller's pool, so that the caller is the one who closes idle connections.
  const server = createServer({ keepAliveTimeout: 75_000 });
  await listen(server, options);

  let database: Database;
  try {
    database = openDatabase({
      file: options.dataDir === ':memory:' ? ':memory:' : join(options.dataDir, `${definition.name}.sqlite`),
      dataVersion: definition.dataVersion,
      schema: definition.tables + idempotencySchema + outboxSchema,
      seed: (fresh) => definition.seed(fresh, Date.parse(`${options.seedDay ?? defaultSeedDay}T00:00:00Z`)),
    });
  } catch (error) {
    server.close();
    throw error;
  }
  const outbox = createOutbox({
    database,
    clock,
    webhookUrls: options.webhookUrls ?? [],
    peerUrl: options.peerEventsUrl,
    secret: options.webhookSecret ?? '',
    log,
    onDepth: metrics.setOutboxDepth,
  });
  let isReady = true;
  const { routes, workers = [], toPreviousContract } = definition.build({ database, clock, outbox, log });
  const allWorkers = [outbox.worker, ...workers];
  const runDueWork = (): void => allWorkers.forEach((worker) => worker.kick());
  const allRoutes = [...routes, ...healthRoutes(() => isReady, metrics.text)];
  const faults = createFaultSwitch(allRoutes);
  const control = options.controlToken === undefined ? [] : controlRoutes(faults, clock, runDueWork);

  const pipeline = createRequestPipeline({
    router: createRouter([...allRoutes, ...control]),
    database,
    idempotency: createIdempotencyStore(database, clock),
    faults,
    checkGateway: createCredentialCheck(options.gatewayTokens),
    checkControl: createCredentialCheck(options.controlToken === undefined ? [] : [options.controlToken]),
    toPreviousContract,
    log,
    metrics,
    onWrite: runDueWork,
  });
  server.on('request', (message, response) => {
    pipeline(message, response).catch((error: unknown) => {
      log('error', 'answer failed', { error: error instanceof Error ? error.stack : String(error) });
      response.destroy();
    });
  });
  const { port } = server.address() as AddressInfo;
  log('info', 'listening', { port });
  runDueWork();

  const close = async (): Promise<void> => {
    isReady = false;
    faults.clear();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const hardStop = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    await closed;
    clearTimeout(hardStop);
    await Promise.all(allWorkers.map((worker) => worker.stop()));
    database.close();
    log('info', 'stopped');
  };
  let closing: Promise<void> | undefined;

  return {
    name: definition.name,
    url: `http://127.0.0.1:${port}`,
    port,
    clock,
    runDueWork,
    close: () => (closing ??= close()),
  };
}

function listen(server: Server, { port, host = '127.0.0.1' }: ServiceOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken; set PORT to another.`) : error),
    );
    server.listen(port, host, resolve);
  });
}
