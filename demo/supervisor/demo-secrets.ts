import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoSecrets {
  readonly gatewayToken: string;
  readonly faultsToken: string;
  readonly webhookSecret: string;
}

/**
 * The credentials between the demo's own processes: from the environment, else made once and kept in the data directory,
 * so that a BFF started beside the demo can be given the same one.
 */
export function demoSecrets(dataDir: string, environment: Readonly<Record<string, string | undefined>>): DemoSecrets {
  const stored = readOrCreate(join(dataDir, 'demo-secrets.json'));
  return {
    gatewayToken: environment['GATEWAY_TOKEN'] ?? stored.gatewayToken,
    faultsToken: environment['FAULTS_TOKEN'] ?? stored.faultsToken,
    webhookSecret: environment['WEBHOOK_SECRET'] ?? stored.webhookSecret,
  };
}

function readOrCreate(path: string): DemoSecrets {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DemoSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = () => randomBytes(24).toString('base64url');
  const secrets: DemoSecrets = { gatewayToken: secret(), faultsToken: secret(), webhookSecret: secret() };
  writeFileSync(path, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  return secrets;
}
