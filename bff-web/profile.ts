import type { Profile } from '../src/gateway.ts';

/** The browser client: cookie or bearer, precise problems, deep operations. */
export const profile: Profile = {
  name: 'web',
  schemaFolders: ['shared', 'web'],
  operationsFolder: 'web',
  credentials: { bearer: true, apiKey: true, session: true, anonymous: true },
  csrf: 'required',
  cors: 'configured',
  get: true,
  limits: {
    maxBodyBytes: 262_144,
    maxTokens: 2_000,
    maxDepth: 12,
    maxAliases: 15,
    maxRootFields: 10,
    maxDirectives: 50,
    maxListSize: 100,
    maxCost: 5_000,
    maxUpstreamCalls: 20,
  },
  deadline: { queryMs: 5_000, mutationMs: 10_000 },
  defaultLocale: { language: 'en-GB', timeZone: 'UTC' },
};
