import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type * as Altair from 'altair-static';
import type { PlaygroundConfig } from '../config/sections/playground.ts';
import { boundedFetch } from '../lib/bounded-fetch.ts';
import type { Logger } from '../telemetry/logger.ts';
import { logPages, type PageLinesParts } from './page-lines.ts';

/** A screen of the client, as it stands in `schema/operations/`. */
export interface SavedOperation {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly version: string;
  /** Path from the repository's root; its variables stand beside it. */
  readonly file: string;
  readonly text: string;
}

export interface PlaygroundParts {
  readonly client: string;
  /** As it is when the page is opened. */
  readonly config: () => PlaygroundConfig;
  readonly root: string;
  readonly operations: readonly SavedOperation[];
  readonly log: Logger;
  readonly lines: PageLinesParts;
}

/** Angular needs inline styles and `eval`-free scripts of its own; nothing is loaded from elsewhere and nobody may frame it. */
const contentSecurityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; form-action 'none'";

/**
 * Altair under `/playground`, from this process alone: no CDN. It opens with the client's newest screens, their example variables and,
 * in the demo, a token. For the modes demo and development; whoever calls this decides that.
 */
export async function servePlayground(app: FastifyInstance, parts: PlaygroundParts): Promise<void> {
  // Its type build says `module`, its code is CommonJS.
  const { getDistDirectory, renderAltair } = createRequire(import.meta.url)('altair-static') as typeof Altair;
  const windows = newestOf(parts.operations).map((operation) => toWindow(operation, parts));
  const options = { baseURL: '/playground/', serveInitialOptionsInSeperateRequest: 'initial-options.js' } as const;
  const page = renderAltair(options);

  await app.register(async (scope) => {
    logPages(scope, parts.lines);
    scope.addHook('onSend', async (_request, reply) => {
      void reply
        .header('content-security-policy', contentSecurityPolicy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer');
    });
    // A route for each file: whatever else is asked for below this path is answered, and logged, as everywhere in this process.
    const files = { root: getDistDirectory(), prefix: '/playground/', index: false, wildcard: false } as const;
    await scope.register(fastifyStatic, files);
    scope.get('/playground', (_request, reply) => reply.redirect('/playground/'));
    scope.get('/playground/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
    scope.get('/playground/initial-options.js', async (_request, reply) => {
      const token = await demoToken(parts);
      const headers = { 'apollographql-client-name': 'playground', ...(token && { authorization: `Bearer ${token}` }) };
      const state = { initialWindows: windows.map((window) => Object.assign({ initialHeaders: headers }, window)) };
      return reply
        .type('text/javascript; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(initialOptions(state));
    });
  });
}

/** Altair takes whole URLs only, and the page alone knows by which name it was opened. */
function initialOptions(state: object): string {
  return `const endpointURL = new URL('/graphql', location.href).href;
const state = ${JSON.stringify(state)};
for (const window of state.initialWindows) window.endpointURL = endpointURL;
AltairGraphQL.init({ ...state, endpointURL });
`;
}

/** Each screen once, in its newest released version. */
function newestOf(operations: readonly SavedOperation[]): SavedOperation[] {
  const newest = new Map<string, SavedOperation>();
  const byVersion = operations.toSorted((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
  for (const operation of byVersion) newest.set(operation.name, operation);
  // The last window is the one that is open: a query, and not one that only support may send.
  return [...newest.values()].toSorted((a, b) => rank(b) - rank(a) || b.name.localeCompare(a.name));
}

function rank({ kind }: SavedOperation): number {
  return kind === 'query' ? 0 : 1;
}

function toWindow({ name, file, text }: SavedOperation, { root }: PlaygroundParts) {
  const variables = join(root, file.replace(/\.graphql$/, '.variables.json'));
  return {
    initialName: name,
    initialQuery: text,
    ...(existsSync(variables) && { initialVariables: readFileSync(variables, 'utf8') }),
  };
}

/** A token of the demo's customer; without one the page opens all the same. */
async function demoToken({ client, config, log }: PlaygroundParts): Promise<string | undefined> {
  const { tokenUrl } = config();
  if (!tokenUrl) return undefined;
  try {
    const { body } = await boundedFetch(tokenUrl, {
      method: 'POST',
      timeoutMs: 1_000,
      maxBytes: 16_384,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identity: 'customer', bff: client }),
    });
    const { access_token } = JSON.parse(Buffer.from(body).toString()) as { access_token?: unknown };
    return typeof access_token === 'string' ? access_token : undefined;
  } catch (error) {
    log.warn({ error }, 'the playground opens without a token');
    return undefined;
  }
}
