import { type Cleanup, startProcess, temporaryDirectory } from './processes.ts';

export const webAudience = 'https://facet.example/web';
export const mobileAudience = 'https://facet.example/mobile';

/** The real provider in its own process. */
export interface RunningIdentityProvider {
  readonly issuer: string;
  readonly jwksUri: string;
  /** Mints a token; the fields are those of `POST /demo/token`. @throws when the provider refuses. */
  token(identity: string, fields?: Readonly<Record<string, unknown>>): Promise<string>;
  rotateKeys(withdrawOldAfterSeconds?: number): Promise<{ signing: string; published: string[] }>;
  kill(signal?: NodeJS.Signals): Promise<unknown>;
}

/** Starts an identity provider on a free port; `dataDir` keeps its keys. */
export async function startIdentityProvider(
  cleanup: Cleanup,
  options: { readonly dataDir?: string; readonly port?: number; readonly env?: Record<string, string> } = {},
): Promise<RunningIdentityProvider> {
  const running = await startProcess(cleanup, 'demo/identity-provider/main.ts', {
    env: {
      PORT: String(options.port ?? 0),
      DATA_DIR: options.dataDir ?? (await temporaryDirectory(cleanup)),
      ...options.env,
    },
    readyPattern: /"listening","url":"(http:[^"]+)"/,
  });
  const issuer = running.ready[1] ?? '';

  async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(issuer + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }

  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    token: async (identity, fields = {}) =>
      String((await post('/demo/token', { identity, ...fields }))['access_token']),
    rotateKeys: async (withdrawOldAfterSeconds) =>
      (await post('/demo/rotate-keys', { withdrawOldAfterSeconds })) as { signing: string; published: string[] },
    kill: (signal) => running.kill(signal),
  };
}
