import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IdentityName, identities } from '../../demo/services/seed/identities.ts';
import { issuer } from './authenticator.ts';
import { type RunningGateway, startGateway } from './gateway.ts';
import type { ServiceName } from '../../src/generated/index.ts';
import { startKeyServer } from './key-server.ts';
import { type Cleanup, waitFor } from './processes.ts';
import { type RunningServices, serviceCredentials, startServices } from './reference-services.ts';
import { makeSigner } from './token-signer.ts';
import { CallWatch, watchService } from './watched-service.ts';

type Variables = Readonly<Record<string, unknown>>;

// oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into by path, as a client without types would
type Json = any;

export interface ScreenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: number;
  /** `X-Facet-Complete`. */
  readonly complete: string | null;
  readonly data: Json;
  readonly extensions: Json;
  readonly errors: readonly {
    readonly path?: readonly unknown[];
    readonly message: string;
    readonly extensions: Json;
  }[];
}

export type Caller = IdentityName | `usr_${string}` | 'nobody';

export interface AskOptions {
  /** Whose token is sent: one of the identities, any customer by id, or nobody's. Default: the demo customer. */
  readonly as?: Caller;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client goes away when it aborts. */
  readonly signal?: AbortSignal;
}

/** One client's real process over the three real services, seeded, with every call between them watched. */
export interface ScreenWorld {
  readonly gateway: RunningGateway;
  readonly services: RunningServices;
  readonly watch: CallWatch;
  ask(query: string, variables?: Variables, options?: AskOptions): Promise<ScreenAnswer>;
  /** Asks a registered operation: its file and, unless given, its example variables. */
  screen(version: string, name: string, variables?: Variables, options?: AskOptions): Promise<ScreenAnswer>;
}

export interface WorldOptions {
  /** Services that run already. */
  readonly services?: RunningServices;
  /** What stands between the process and a service, as the origin to call. Default: a proxy that watches the calls. */
  readonly through?: (service: ServiceName, target: RunningServices[ServiceName]) => Promise<string>;
  /** Further keys of each upstream's configuration. */
  readonly upstream?: Readonly<Record<string, unknown>>;
  /** Further sections of the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export async function startScreenWorld(
  cleanup: Cleanup,
  name: 'web' | 'mobile',
  world: WorldOptions = {},
): Promise<ScreenWorld> {
  const services = world.services ?? (await startServices(cleanup));
  const watch = new CallWatch();
  const { through = (service, target) => watchService(cleanup, watch, service, target) } = world;
  const signer = await makeSigner();
  const keys = await startKeyServer(cleanup, signer.publicJwk);
  const upstreams: Record<string, unknown> = {};
  for (const service of ['users', 'orders', 'payments'] as const)
    upstreams[service] = {
      instances: [{ url: await through(service, services[service]) }],
      credential: serviceCredentials.gatewayToken,
      // Each test counts its own calls, and one dead service must not shut the next test's breaker.
      breaker: { minimumCalls: 1_000_000 },
      ...world.upstream,
    };
  const audience = `https://facet.example/${name}`;
  const gateway = await startGateway(cleanup, name, {
    auth: { issuers: [{ issuer, audiences: { [name]: [audience] }, jwks: { uri: keys.url } }] },
    rateLimit: { burst: { exempt: ['127.0.0.0/8'] } },
    // A busy test machine is no reason to shed.
    overload: { maxEventLoopDelayMs: 5_000 },
    upstreams,
    ...world.config,
  });
  const tokens = new Map<Caller, string>();

  async function tokenOf(who: Caller): Promise<string> {
    const known = tokens.get(who);
    if (known) return known;
    const { id, role, displayName, email, locale, timeZone, accountStatus } = who.startsWith('usr_')
      ? { ...identities.customer, id: who }
      : identities[who as IdentityName];
    const now = Math.floor(Date.now() / 1000);
    const made = await signer.sign({
      iss: issuer,
      aud: audience,
      sub: id,
      iat: now,
      exp: now + 3_600,
      role,
      // The tier with the widest limits: these tests are about something else.
      tier: 'enterprise',
      scope: 'openid',
      name: displayName,
      email,
      locale,
      zoneinfo: timeZone,
      account_status: accountStatus,
    });
    tokens.set(who, made);
    return made;
  }

  async function ask(query: string, variables: Variables = {}, { as = 'customer', headers, signal }: AskOptions = {}) {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'graphql-preflight': '1',
        ...(as !== 'nobody' && { authorization: `Bearer ${await tokenOf(as)}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    const { data, errors = [], extensions } = JSON.parse(text) as Partial<ScreenAnswer>;
    const { status, headers: sent } = response;
    const complete = sent.get('x-facet-complete');
    return { status, headers: sent, bytes: Buffer.byteLength(text), complete, data, errors, extensions };
  }

  // On a busy machine the first fetch of the issuer's keys may take longer than the gateway waits for it.
  await waitFor(async () => (await ask('{ __typename }')).status === 200, { what: 'the gateway to know its callers' });

  const folder = join('schema/operations', name);
  return {
    gateway,
    services,
    watch,
    ask,
    screen(version, operation, variables, options) {
      const path = join(folder, version, operation);
      return ask(readFileSync(`${path}.graphql`, 'utf8'), variables ?? exampleOf(path), options);
    },
  };
}

function exampleOf(path: string): Variables {
  try {
    return JSON.parse(readFileSync(`${path}.variables.json`, 'utf8')) as Variables;
  } catch {
    return {};
  }
}
