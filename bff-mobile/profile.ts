import type { Profile } from '../src/gateway.ts';

/** The apps: bearer tokens, one problem type, small display-ready answers, builds that live for years. */
export const profile: Profile = {
  name: 'mobile',
  schemaFolders: ['shared', 'mobile'],
  operationsFolder: 'mobile',
  credentials: { bearer: true, apiKey: false, session: false, anonymous: true },
  csrf: 'off',
  cors: 'off',
  get: true,
  limits: {
    maxBodyBytes: 262_144,
    maxTokens: 2_000,
    maxDepth: 7,
    maxAliases: 15,
    maxRootFields: 10,
    maxDirectives: 50,
    maxListSize: 50,
    maxCost: 1_000,
    maxUpstreamCalls: 10,
  },
  deadline: { queryMs: 8_000, mutationMs: 10_000 },
  defaultLocale: { language: 'en-GB', timeZone: 'UTC' },
};
