import assert from 'node:assert/strict';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { freePorts, startProcess, temporaryDirectory } from '../support/processes.ts';
import { serviceCredentials, startServices } from '../support/reference-services.ts';

/** A whole client, as `docs/adding-a-bff.md` has it: nothing of it lies in `src/`. */
const files: Readonly<Record<string, string>> = {
  'schema/tv/query.graphql': `
    type Query {
      "Orders as large tiles."
      tiles(first: Int = 5): [Tile!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
    }
    type Tile { id: ID! headline: String! }
  `,
  'bff-tv/profile.ts': `
    import type { Profile } from '../src/gateway.ts';
    export const profile: Profile = {
      name: 'tv',
      schemaFolders: ['shared', 'tv'],
      operationsFolder: 'tv',
      credentials: { bearer: true, apiKey: false, session: false, anonymous: false },
      csrf: 'off',
      cors: 'off',
      get: true,
      limits: {
        maxBodyBytes: 65_536, maxTokens: 500, maxDepth: 5, maxAliases: 5, maxRootFields: 5, maxDirectives: 10,
        maxListSize: 20, maxCost: 200, maxUpstreamCalls: 3,
      },
      deadline: { queryMs: 5_000, mutationMs: 10_000 },
      defaultLocale: { language: 'en-GB', timeZone: 'UTC' },
    };
  `,
  'bff-tv/permissions.ts': `
    import { isAuthenticated, type PermissionMap } from '../src/gateway.ts';
    export const permissions: PermissionMap = { Query: { tiles: isAuthenticated } };
  `,
  'bff-tv/upstream-uses.ts': `
    import type { UpstreamUses } from '../src/gateway.ts';
    export const uses: UpstreamUses = { 'Query.tiles': [{ route: 'orders.listOrders' }] };
  `,
  'bff-tv/resolvers/index.ts': `
    import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
    export const resolvers = {
      Query: {
        async tiles(_root: unknown, { first }: { first: number }, context: ResolverContext) {
          const { items } = await context.services.orders.list(context, {
            customerId: context.principal.subject, limit: first, sort: '-placed_at', parts: {},
          });
          return items.map(({ record }) => ({ id: record.id, headline: record.number }));
        },
      },
    };
  `,
  'bff-tv/main.ts': `
    import { serve } from '../src/serve.ts';
    import { permissions } from './permissions.ts';
    import { profile } from './profile.ts';
    import { resolvers } from './resolvers/index.ts';
    import { uses } from './upstream-uses.ts';
    await serve({ profile, permissions, resolvers, uses });
  `,
};

test('a third client is a folder, a schema and a listener; src is as it was', async (t) => {
  const [provider, services, root, [port, adminPort]] = await Promise.all([
    startIdentityProvider(t, { env: { WEB_AUDIENCE: 'https://facet.example/tv' } }),
    startServices(t),
    temporaryDirectory(t),
    freePorts(2),
  ]);
  await Promise.all(['src', 'node_modules', 'package.json'].map((name) => symlink(resolve(name), join(root, name))));
  await cp('schema/shared', join(root, 'schema/shared'), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), text);
  }
  const config = {
    version: 1,
    mode: 'development',
    listeners: { tv: { port, adminPort } },
    auth: {
      issuers: [
        { issuer: provider.issuer, jwks: { uri: provider.jwksUri }, audiences: { tv: ['https://facet.example/tv'] } },
      ],
    },
    upstreams: Object.fromEntries(
      Object.entries(services).map(([name, { url }]) => [
        name,
        { instances: [{ url }], credential: serviceCredentials.gatewayToken },
      ]),
    ),
  };
  await writeFile(join(root, 'gateway.yaml'), JSON.stringify(config));
  await startProcess(t, '--preserve-symlinks', {
    args: ['--preserve-symlinks-main', 'bff-tv/main.ts'],
    cwd: root,
    env: { FACET_CONFIG: undefined },
    readyPattern: /"event\.action":"started"/,
  });

  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ tiles(first: 3) { id headline } }' }),
    });
    return { status: response.status, body: (await response.json()) as { data?: { tiles: unknown[] } } };
  };
  assert.equal((await ask({})).status, 401);
  const token = await provider.token('customer', { audience: 'https://facet.example/tv' });
  const { status, body } = await ask({ authorization: `Bearer ${token}` });
  assert.equal(status, 200);
  assert.equal(body.data?.tiles.length, 3);
});
