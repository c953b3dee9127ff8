import type { QueryResolvers } from '../generated/resolvers.ts';

const support = {
  supported: 'SUPPORTED',
  update_recommended: 'UPDATE_RECOMMENDED',
  unsupported: 'UPDATE_REQUIRED',
} as const;

export const query: QueryResolvers = {
  /** Answered from the version that the app sent: no service is asked. */
  appStatus: (_root, _args, { client }) => ({
    support: support[client.support],
    message: client.message ?? null,
    storeUrl: client.storeUrl ?? null,
  }),
};
