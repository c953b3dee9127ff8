import type { ClientsConfig } from '../config/sections/clients.ts';
import { compareVersions, parseVersion, type Version } from '../lib/version.ts';
import { type ClientInfo, unknownClient } from './client.ts';

interface KnownClient {
  readonly minimum: Version | undefined;
  readonly recommended: Version | undefined;
  readonly minimumVersion: string | undefined;
  readonly storeUrl: string | undefined;
  readonly message: string | undefined;
  /** What it is as long as it does not say its version. */
  readonly unversioned: ClientInfo;
}

const maxVersionLength = 64;

/**
 * Says who asks from what the two headers hold. Only a version that is surely older than the configured one counts as such: a
 * name or version that is missing, unknown or malformed is supported, since a wrong check must not lock anyone out.
 */
export function createClientClassifier(config: ClientsConfig) {
  const known = new Map<string, KnownClient>(
    Object.entries(config).map(([name, { minimumVersion, recommendedVersion, storeUrl, message }]) => [
      name,
      {
        minimum: minimumVersion === undefined ? undefined : parseVersion(minimumVersion),
        recommended: recommendedVersion === undefined ? undefined : parseVersion(recommendedVersion),
        minimumVersion,
        storeUrl,
        message,
        unversioned: { ...unknownClient, name },
      },
    ]),
  );

  return function classifyClient(name: string | undefined, versionText: string | undefined): ClientInfo {
    const client = name ? known.get(name) : undefined;
    if (!name || !versionText) return client?.unversioned ?? unknownClient;
    const version = versionText.length <= maxVersionLength ? parseVersion(versionText) : undefined;
    const info = { name: client ? name : 'unknown', version: version ? versionText : '', isIdentified: true } as const;
    if (!client || !version) return { ...info, support: 'supported' };
    const isBelow = (limit: Version | undefined): boolean => limit !== undefined && compareVersions(version, limit) < 0;
    const support = isBelow(client.minimum)
      ? 'unsupported'
      : isBelow(client.recommended)
        ? 'update_recommended'
        : 'supported';
    if (support === 'supported') return { ...info, support };
    return {
      ...info,
      support,
      ...(client.message !== undefined && { message: client.message }),
      ...(client.storeUrl !== undefined && { storeUrl: client.storeUrl }),
      ...(support === 'unsupported' &&
        client.minimumVersion !== undefined && { minimumVersion: client.minimumVersion }),
    };
  };
}

export type ClassifyClient = ReturnType<typeof createClientClassifier>;
