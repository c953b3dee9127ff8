import type { IncomingHttpHeaders } from 'node:http';
import type { ClientIdentityConfig, ClientsConfig } from '../config/sections/clients.ts';
import { createClientClassifier } from '../context/client-classifier.ts';
import type { ClientInfo } from '../context/client.ts';

/** Stage 7: which app asks, by the two headers that the configuration names. */
export function createClassify(config: {
  readonly clients: ClientsConfig;
  readonly clientIdentity: ClientIdentityConfig;
}) {
  const classify = createClientClassifier(config.clients);
  const { nameHeader, versionHeader } = config.clientIdentity;
  return (headers: IncomingHttpHeaders): ClientInfo =>
    classify(text(headers[nameHeader]), text(headers[versionHeader]));
}

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
