import type { ServiceOptions } from './service-options.ts';

/**
 * The one place that reads the environment of a reference service:
 *
 * | name | meaning | default |
 * |---|---|---|
 * | `PORT`, `HOST` | where to listen | the service's own port, 127.0.0.1 |
 * | `DATA_DIR` | folder of the SQLite file | `.data` |
 * | `GATEWAY_TOKEN` | bearer credentials of the gateway, comma separated | required |
 * | `WEBHOOK_URLS` | receivers of events, comma separated | none |
 * | `WEBHOOK_SECRET` | secret that signs events, and that incoming ones must be signed with | required with either URL |
 * | `PEER_EVENTS_URL` | inbox of the other service (orders <-> payments) | none |
 * | `FAULTS_TOKEN` | credential of `/__faults` and `/__clock` | off |
 * | `SEED_DAY` | last day of the seeded world | 2026-11-21 |
 */
export function readServiceEnvironment(defaultPort: number): ServiceOptions {
  const { env } = process;
  const port = Number(env['PORT'] ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT must be 0 to 65535.');
  const gatewayTokens = list(env['GATEWAY_TOKEN']);
  if (gatewayTokens.length === 0) throw new Error("GATEWAY_TOKEN is missing: the gateway's bearer credential.");
  const webhookUrls = list(env['WEBHOOK_URLS']);
  if (!env['WEBHOOK_SECRET'] && (webhookUrls.length > 0 || env['PEER_EVENTS_URL'])) {
    throw new Error('WEBHOOK_SECRET is missing: events are signed with it.');
  }
  return {
    port,
    host: env['HOST'] || '127.0.0.1',
    dataDir: env['DATA_DIR'] || '.data',
    gatewayTokens,
    webhookUrls,
    ...(env['WEBHOOK_SECRET'] && { webhookSecret: env['WEBHOOK_SECRET'] }),
    ...(env['PEER_EVENTS_URL'] && { peerEventsUrl: env['PEER_EVENTS_URL'] }),
    ...(env['FAULTS_TOKEN'] && { controlToken: env['FAULTS_TOKEN'] }),
    ...(env['SEED_DAY'] && { seedDay: env['SEED_DAY'] }),
  };
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
