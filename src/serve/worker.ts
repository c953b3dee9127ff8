import type { Client, Machine } from '../gateway.ts';
import { type FinishedRequest, isRejection } from '../telemetry/alerts.ts';
import { Channel } from './channel.ts';
import { GatewayProcess } from './gateway-process.ts';
import { PrimaryCounters } from './primary-counters.ts';
import type { PrimaryAnswers, ToPrimary, WorkerAnswers } from './worker-protocol.ts';

/** At start the primary may be busy with the others. */
const startTimeoutMs = 10_000;
const tellMs = 1_000;

/**
 * One of several workers from start to exit. It reads no file but what its configuration names: the primary has read the configuration,
 * and hands it on, so that all workers serve by the same one whenever they start.
 */
export async function serveAsWorker(client: Client): Promise<void> {
  let gateway: GatewayProcess | undefined;
  const primary: ToPrimary = new Channel<PrimaryAnswers, WorkerAnswers>(process, {
    metrics: async () => (await gateway?.metrics.registry.getMetricsAsJSON()) ?? [],
    ping: () => undefined,
    decisions: () => gateway?.decisions.standing() ?? null,
    reload: async (loaded) => gateway?.reload(loaded),
  });
  // The primary alone decides when it ends: a terminal sends these to all of them.
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);

  const { loaded, workers } = await primary.ask('start', null, startTimeoutMs);
  gateway = await GatewayProcess.create(client, loaded, {
    machine: { limits: new PrimaryCounters(primary, workers), alerts: toldAlerts(primary) },
    onHealth: (ready, reason) => primary.tell('health', { ready, reason }),
  });
  const started = gateway;
  let leaving = false;
  process.on('SIGTERM', () => {
    if (leaving) return;
    leaving = true;
    void started.stop().then(() => process.exit(0));
  });
  // Without them it would ask a service that operators know to be ill, and serve whom a service has barred.
  const decisions = await primary.ask('decisions', null, startTimeoutMs).catch(() => null);
  if (decisions) started.decisions.adopt(decisions);
  const urls = await started.start({ action: 'worker.started', sharesPort: true });
  if (urls) primary.tell('serving', { ...urls, hash: started.loaded.hash });
}

/** The primary judges: a flood may be dealt out so that no single worker sees much of it. It alone knows whether the alert is open. */
function toldAlerts(primary: ToPrimary): Machine['alerts'] {
  let [requests, rejections] = [0, 0];
  setInterval(() => {
    if (requests === 0) return;
    primary.tell('ended', { requests, rejections });
    [requests, rejections] = [0, 0];
  }, tellMs).unref();
  return {
    isOpen: false,
    finished(request: FinishedRequest) {
      requests++;
      if (isRejection(request)) rejections++;
    },
  };
}
