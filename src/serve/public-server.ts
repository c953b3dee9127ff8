import { serveHealth } from '../admin/health.ts';
import type { Config } from '../config/schema.ts';
import type { ListenerConfig } from '../config/sections/listeners.ts';
import type { Profile } from '../context/profile.ts';
import type { Surroundings } from '../gateway.ts';
import type { ListenerCertificate } from '../ingress/listener-certificate.ts';
import type { WayIn } from '../ingress/pipeline.ts';
import { servePlayground } from '../ingress/playground.ts';
import { createServer, type PublicServer } from '../ingress/server.ts';
import { readOperationFiles } from '../operation/registry/operation-files.ts';

export interface PublicServerParts {
  readonly profile: Profile;
  readonly listener: ListenerConfig;
  readonly mode: Config['mode'];
  readonly playground: () => Config['playground'];
  readonly wayIn: WayIn;
  readonly certificate: ListenerCertificate | undefined;
  readonly around: Pick<Surroundings, 'health' | 'log' | 'root'>;
}

/** The public port of a process, not listening yet: the way in, health and, unless in production, the playground. */
export async function createPublicServer(parts: PublicServerParts): Promise<PublicServer> {
  const { profile, listener, mode, playground, wayIn, certificate, around } = parts;
  const { health, log, root } = around;
  const server = createServer(wayIn, listener, certificate);
  serveHealth(server.app, health);
  if (mode !== 'production') {
    const operations = readOperationFiles(root, profile.operationsFolder);
    await servePlayground(server.app, { client: profile.name, config: playground, root, operations, log });
  }
  return server;
}
