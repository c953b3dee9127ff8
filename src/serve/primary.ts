import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Health } from '../admin/health.ts';
import { createPrimaryServer } from '../admin/primary-server.ts';
import { workerPortVariable } from '../config/environment.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Client } from '../gateway.ts';
import { AcmeCertificate } from '../ingress/acme-certificate.ts';
import { urlOf } from '../ingress/server.ts';
import { systemClock } from '../lib/clock.ts';
import { openLogOutput } from '../telemetry/log-output.ts';
import { createLogger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { SharedMetrics } from '../telemetry/shared-metrics.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * Where several workers share one client's port: starts them, owns the admin port, gets the certificate for all. Resolves once every
 * worker serves, to what has all of them drain.
 */
export async function startPrimary(client: Client, { config, hash }: LoadedConfig, count: number) {
  const { name } = client.profile;
  const listener = config.listeners[name];
  if (!listener) throw new Error(`The configuration has no listener named ${name}.`);
  const metrics = new Metrics();
  const output = openLogOutput(config.logging, metrics);
  const log = createLogger({
    level: config.logging.level,
    base: { 'service.name': `bff-${name}`, 'process.pid': process.pid },
    destination: output,
  });
  const health = new Health();
  const port = listener.port || (await freePort(listener.host));
  const pool = new WorkerPool({
    count,
    environment: { [workerPortVariable]: String(port) },
    log,
    metrics,
    onChange: (serving) => (serving > 0 ? health.becomeReady() : health.becomeUnready('no_workers')),
  });
  const shared = new SharedMetrics(metrics);
  const admin = createPrimaryServer({ health, metrics: () => shared.read(), workers: () => pool.adminUrls });
  await admin.listen({ host: listener.adminHost, port: listener.adminPort });
  const { tls } = listener;
  const forAcme = tls?.acme && { ...tls, acme: tls.acme };
  const certificate = forAcme && new AcmeCertificate({ config: forAcme, clock: systemClock, log, metrics });
  await certificate?.start();
  const { url } = await pool.start();
  const urls = { 'facet.url': url, 'facet.admin_url': urlOf(admin) };
  log.info({ 'event.action': 'started', 'facet.config.hash': hash, 'facet.workers': count, ...urls }, 'ready');

  return {
    /** Workers read the configuration again by themselves. */
    reload: (): void => pool.signal('SIGHUP'),
    /** Ends every worker at once. */
    kill: (): void => pool.signal('SIGKILL'),
    async stop(): Promise<void> {
      health.becomeUnready('draining');
      certificate?.close();
      await pool.stop();
      await admin.close();
      await output.close();
    },
  };
}

/** One that was free a moment ago: for a configuration that leaves the choice to the system, where all workers need the same. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
