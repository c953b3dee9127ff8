import type { OperationLimits, Profile } from '../../src/context/profile.ts';
import { unknownClient } from '../../src/context/client.ts';
import type { Gate } from '../../src/context/report-only.ts';
import type { GraphQLParams } from '../../src/context/request-context.ts';
import type { UpstreamUses } from '../../src/context/upstream-use.ts';
import { permissions as webPermissions } from '../../bff-web/permissions.ts';
import { profile as webProfile } from '../../bff-web/profile.ts';
import { uses as webUses } from '../../bff-web/upstream-uses.ts';
import { permissions as mobilePermissions } from '../../bff-mobile/permissions.ts';
import { profile as mobileProfile } from '../../bff-mobile/profile.ts';
import { uses as mobileUses } from '../../bff-mobile/upstream-uses.ts';
import { createDocumentFinder, type DocumentFinderOptions } from '../../src/operation/persisted.ts';
import type { PermissionMap } from '../../src/operation/permissions.ts';
import { createPrepare } from '../../src/operation/prepare.ts';
import type { PreparedOperation } from '../../src/operation/prepared.ts';
import { readClientSchemas } from '../../src/operation/contract/client-schema.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

export const clients: Readonly<
  Record<string, { readonly profile: Profile; readonly permissions: PermissionMap; readonly uses: UpstreamUses }>
> = {
  web: { profile: webProfile, permissions: webPermissions, uses: webUses },
  mobile: { profile: mobileProfile, permissions: mobilePermissions, uses: mobileUses },
};

export const silentLog = createLogger({ level: 'silent', base: {} });

/** A decision that is in force. */
export const enforcing: Gate = {
  enforces: () => true,
  refuse(error) {
    throw error;
  },
};

export interface PrepareSetting {
  readonly limits?: Partial<OperationLimits>;
  readonly isProduction?: boolean;
  readonly uses?: UpstreamUses;
  readonly documents?: Partial<DocumentFinderOptions>;
}

const schemas = new Map(readClientSchemas('.').map(({ client, schema }) => [client, schema]));

/** The prepare stage of a client as its process has it, on the real schema, without resolvers. */
export function prepareOf(client: 'web' | 'mobile', setting: PrepareSetting = {}) {
  const { profile, permissions, uses } = clients[client] as (typeof clients)[string];
  const schema = schemas.get(client);
  if (!schema) throw new Error(`There is no schema for ${client}.`);
  const prepare = createPrepare({
    schema,
    permissions,
    limits: { ...profile.limits, ...setting.limits },
    uses: setting.uses ?? uses,
    findDocument: createDocumentFinder({
      operations: [],
      mode: 'any',
      automatic: false,
      gate: enforcing,
      ...setting.documents,
    }),
    isProduction: setting.isProduction ?? true,
    maxDocuments: 100,
  });
  return (params: string | Partial<GraphQLParams>, asking = unknownClient): PreparedOperation =>
    prepare({
      client: asking,
      log: silentLog,
      params: {
        query: undefined,
        documentId: undefined,
        operationName: undefined,
        variables: undefined,
        extensions: undefined,
        method: 'POST',
        ...(typeof params === 'string' ? { query: params } : params),
      },
    });
}
