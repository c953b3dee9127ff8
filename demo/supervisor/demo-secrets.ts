import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoSecrets {
  /** What the gateway shows the services. */
  readonly gatewayToken: string;
  /** What the control shows the services to switch faults. */
  readonly faultsToken: string;
  /** Signs the events that services send to each other and to the gateways. */
  readonly webhookSecret: string;
}

/**
 * The credentials between the demo's own processes: from the environment, else made once and kept in the data directory,
 * so that a BFF started beside the demo can be given the same ones.
 */
export function demoSecrets(dataDir: string, environment: Readonly<Record<string, string | undefined>>): DemoSecrets {
  const path = join(dataDir, 'demo-secrets.json');
  const kept = { gatewayToken: newSecret(), faultsToken: newSecret(), webhookSecret: newSecret(), ...readKept(path) };
  writeFileSync(path, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  return {
    gatewayToken: environment['GATEWAY_TOKEN'] ?? kept.gatewayToken,
    faultsToken: environment['FAULTS_TOKEN'] ?? kept.faultsToken,
    webhookSecret: environment['WEBHOOK_SECRET'] ?? kept.webhookSecret,
  };
}

function readKept(path: string): Partial<DemoSecrets> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<DemoSecrets>) : {};
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
