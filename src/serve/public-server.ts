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
  /** What is in use now. */
  readonly config: () => Config;
  readonly wayIn: WayIn;
  readonly certificate: ListenerCertificate | undefined;
  readonly around: Pick<Surroundings, 'health' | 'log' | 'accessLines' | 'clock' | 'root'>;
}

/** The public port of a process, not listening yet: the way in, health and, unless in production, the playground. */
export async function createPublicServer(parts: PublicServerParts): Promise<PublicServer> {
  const { profile, config, wayIn, certificate, around } = parts;
  const { health, log, accessLines, clock, root } = around;
  const listener = (): ListenerConfig => config().listeners[profile.name] as ListenerConfig;
  const server = createServer(wayIn, listener(), certificate);
  serveHealth(server.app, health);
  if (config().mode !== 'production') {
    const operations = readOperationFiles(root, profile.operationsFolder);
    const settings = () => ({ ...listener(), ...config().logging });
    const lines = { clock, log, accessLines, settings };
    const playground = (): Config['playground'] => config().playground;
    await servePlayground(server.app, { client: profile.name, config: playground, root, operations, log, lines });
  }
  return server;
}
