import { join } from 'node:path';
import { startIdentityProvider } from './server.ts';
import { SigningKeys } from './signing-keys.ts';

const { env } = process;
const webPort = env['WEB_PORT'] ?? '4000';
const webOrigins = [`http://127.0.0.1:${webPort}`, `http://localhost:${webPort}`];
const list = (value: string | undefined, fallback: readonly string[]) => value?.split(',') ?? fallback;

const { server, issuer } = await startIdentityProvider({
  host: env['HOST'] ?? '127.0.0.1',
  port: Number(env['PORT'] ?? 4200),
  keys: await SigningKeys.load(join(env['DATA_DIR'] ?? '.data', 'identity-provider.json')),
  settingsAt: (port) => ({
    issuer: env['ISSUER'] ?? `http://127.0.0.1:${port}`,
    webAudience: env['WEB_AUDIENCE'] ?? 'https://facet.example/web',
    mobileAudience: env['MOBILE_AUDIENCE'] ?? 'https://facet.example/mobile',
    accessTokenTtlSeconds: Number(env['TOKEN_TTL_SECONDS'] ?? 8 * 3_600),
    webRedirectUris: list(
      env['WEB_REDIRECT_URIS'],
      webOrigins.map((origin) => `${origin}/auth/callback`),
    ),
    webSignedOutUris: list(
      env['WEB_SIGNED_OUT_URIS'],
      webOrigins.map((origin) => `${origin}/`),
    ),
    webClientSecret: env['WEB_CLIENT_SECRET'] ?? 'facet-demo-only',
  }),
});
console.log(JSON.stringify({ level: 'info', message: 'listening', url: issuer }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
