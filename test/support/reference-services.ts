import { startOrderService } from '../../demo/services/order-service/order-service.ts';
import { startPaymentService } from '../../demo/services/payment-service/payment-service.ts';
import type { RunningService } from '../../demo/services/kit/service.ts';
import type { ServiceOptions } from '../../demo/services/kit/service-options.ts';
import { startUserService } from '../../demo/services/user-service/user-service.ts';
import type { ServiceName } from '../../src/generated/index.ts';
import { type Cleanup, freePorts, startProcess, temporaryDirectory, type TestProcess, waitFor } from './processes.ts';

/** The credentials of services that tests start. */
export const serviceCredentials = {
  gatewayToken: 'test-gateway-credential',
  controlToken: 'test-control-credential',
  webhookSecret: 'whsec_dGVzdC13ZWJob29rLXNlY3JldA==',
} as const;

const starters = { users: startUserService, orders: startOrderService, payments: startPaymentService } as const;
const inboxes: Partial<Record<ServiceName, { of: ServiceName; path: string }>> = {
  orders: { of: 'payments', path: '/internal/order-events' },
  payments: { of: 'orders', path: '/internal/payment-events' },
};

export interface ServicesOptions {
  /** Default: in memory, gone with the test. */
  readonly dataDir?: string;
  readonly webhookUrls?: readonly string[];
  readonly writeLog?: (line: string) => void;
}

export type RunningServices = Readonly<Record<ServiceName, RunningService>>;

/** The three reference services inside this process, freshly seeded and knowing each other. */
export async function startServices(cleanup: Cleanup, options: ServicesOptions = {}): Promise<RunningServices> {
  const names = ['users', 'orders', 'payments'] as const;
  const free = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, index) => [name, free[index]!])) as Record<ServiceName, number>;
  const start = async (name: ServiceName): Promise<RunningService> => {
    const inbox = inboxes[name];
    const service = await starters[name]({
      ...serviceOptions(options),
      port: ports[name],
      ...(inbox && { peerEventsUrl: `http://127.0.0.1:${ports[inbox.of]}${inbox.path}` }),
    });
    cleanup.after(() => service.close());
    return service;
  };
  return { users: await start('users'), orders: await start('orders'), payments: await start('payments') };
}

/** One reference service inside this process; its events for another service go nowhere. */
export async function startServiceAlone(
  cleanup: Cleanup,
  name: ServiceName,
  options: ServicesOptions = {},
): Promise<RunningService> {
  const service = await starters[name]({ ...serviceOptions(options), port: 0 });
  cleanup.after(() => service.close());
  return service;
}

function serviceOptions({ dataDir, webhookUrls, writeLog }: ServicesOptions): Omit<ServiceOptions, 'port'> {
  const { gatewayToken, controlToken, webhookSecret } = serviceCredentials;
  return {
    dataDir: dataDir ?? ':memory:',
    gatewayTokens: [gatewayToken],
    controlToken,
    webhookSecret,
    webhookUrls: webhookUrls ?? [],
    writeLog: writeLog ?? (() => {}),
  };
}

const folders = { users: 'user-service', orders: 'order-service', payments: 'payment-service' } as const;

export interface ServiceProcess extends TestProcess {
  readonly url: string;
  readonly port: number;
}

/** A reference service as the process that a deployment would run; ready when this resolves. `kill('SIGKILL')` is a crash. */
export async function startServiceProcess(
  cleanup: Cleanup,
  name: ServiceName,
  options: { readonly dataDir?: string; readonly port?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ServiceProcess> {
  const port = options.port ?? (await freePorts(1))[0]!;
  const url = `http://127.0.0.1:${port}`;
  const running = await startProcess(cleanup, `demo/services/${folders[name]}/main.ts`, {
    env: {
      PORT: String(port),
      DATA_DIR: options.dataDir ?? (await temporaryDirectory(cleanup)),
      GATEWAY_TOKEN: serviceCredentials.gatewayToken,
      FAULTS_TOKEN: serviceCredentials.controlToken,
      WEBHOOK_SECRET: serviceCredentials.webhookSecret,
      ...options.env,
    },
  });
  const isReady = async (): Promise<boolean> => {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    return response?.ok ?? false;
  };
  await waitFor(isReady, { what: () => `${name} to be ready:\n${running.output()}`, timeoutMs: 20_000 });
  return { ...running, url, port };
}

/** A fault rule as the control endpoint of a service takes it. */
export interface FaultInput {
  readonly fault: string;
  readonly operation?: string;
  readonly probability?: number;
  readonly skip?: number;
  readonly count?: number;
  readonly parameters?: Readonly<Record<string, number | string | boolean>>;
}

/** Switches faults of a service; every earlier rule is gone. */
export async function switchFaults(service: { readonly url: string }, rules: readonly FaultInput[]): Promise<void> {
  const response = await controlService(service, 'PUT', '/__faults', { rules });
  if (!response.ok) throw new Error(`the service refused the faults: ${await response.text()}`);
}

/** Calls the control endpoints of a service. */
export function controlService(
  service: { readonly url: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${serviceCredentials.controlToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
