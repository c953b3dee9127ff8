import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';
import { ApiError, readJsonObject, sendError, sendJson } from '../http/json.ts';
import { whyNotLocal } from '../http/loopback-only.ts';
import { createMemoryAdapter } from './memory-adapter.ts';
import { mintAccessToken } from './mint.ts';
import { parseMintRequest } from './mint-request.ts';
import { createProvider } from './provider.ts';
import type { ProviderSettings } from './settings.ts';
import { serveSignIn, signInPath } from './sign-in.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly keys: SigningKeys;
  /** Known only when the port is: the issuer names it. */
  readonly settingsAt: (port: number) => ProviderSettings;
}

/** Half a day: timers longer than 24.8 days overflow, and a withdrawal is looked at again anyway. */
const longestWaitMs = 43_200_000;

function listen(server: Server, options: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts the provider and its demo routes; resolves once it listens. */
export async function startIdentityProvider(options: ServerOptions): Promise<{ server: Server; issuer: string }> {
  const { keys } = options;
  const adapter = createMemoryAdapter();
  const server = createServer();
  const settings = options.settingsAt(await listen(server, options));

  let provider: Provider;
  let withdrawal: NodeJS.Timeout | undefined;

  // oidc-provider fixes its keys at construction, so a new key set is a new provider over the same storage.
  function publishKeys(): void {
    const nowMs = Date.now();
    provider = createProvider(settings, { keys: keys.published(nowMs), cookieSecret: keys.cookieSecret, adapter });
    clearTimeout(withdrawal);
    const nextMs = keys.nextWithdrawalMs(nowMs);
    if (nextMs !== undefined) withdrawal = setTimeout(publishKeys, Math.min(nextMs - nowMs, longestWaitMs)).unref();
  }
  publishKeys();

  async function rotateKeys(body: Record<string, unknown>): Promise<unknown> {
    const { withdrawOldAfterSeconds: seconds } = body;
    if (seconds !== undefined && !(Number.isInteger(seconds) && Number(seconds) >= 0)) {
      throw new ApiError(400, 'bad_request', 'withdrawOldAfterSeconds must be a whole number, 0 or more');
    }
    await keys.rotate(seconds === undefined ? undefined : Date.now() + Number(seconds) * 1000);
    publishKeys();
    const published = keys.published(Date.now()).map((key) => key.kid);
    return { signing: published[0], published };
  }

  async function mint(body: Record<string, unknown>): Promise<unknown> {
    return mintAccessToken(provider, parseMintRequest(body, settings), settings);
  }

  const demoRoutes: ReadonlyMap<string, (body: Record<string, unknown>) => Promise<unknown>> = new Map([
    ['/demo/token', mint],
    ['/demo/rotate-keys', rotateKeys],
  ]);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const demoRoute = demoRoutes.get(path);
    if (demoRoute) {
      const refusal = whyNotLocal(request);
      if (refusal !== undefined) throw new ApiError(403, 'not_local', refusal);
      if (request.method !== 'POST') {
        response.setHeader('allow', 'POST');
        throw new ApiError(405, 'method_not_allowed', 'use POST');
      }
      sendJson(response, 200, await demoRoute(await readJsonObject(request)));
    } else if (path.startsWith(`${signInPath}/`)) {
      await serveSignIn(provider, request, response);
    } else {
      await provider.callback()(request, response);
    }
  }

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!(error instanceof ApiError)) console.error(error);
      if (response.headersSent) response.destroy();
      else sendError(response, error);
    });
  });
  server.once('close', () => clearTimeout(withdrawal));
  return { server, issuer: settings.issuer };
}
