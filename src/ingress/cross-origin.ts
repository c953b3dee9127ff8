import type { IncomingHttpHeaders } from 'node:http';
import type { BrowserConfig } from '../config/sections/browser.ts';
import type { ClientIdentityConfig } from '../config/sections/clients.ts';
import type { Profile } from '../context/profile.ts';
import { GatewayError } from '../errors/gateway-error.ts';

/** Names and values in turn, as `writeHead` takes them: made once, written as they are. */
export type HeaderList = readonly string[];

export interface CrossOriginParts {
  readonly profile: Pick<Profile, 'cors' | 'get'>;
  readonly browser: BrowserConfig;
  readonly clientIdentity: ClientIdentityConfig;
  /** Origins at which this gateway itself is reached: pages from there are its own. */
  readonly ownOrigins: readonly string[];
}

/** What a page of another origin may read of an answer, beside the few headers that it always may (Fetch §3.3.2). */
const exposed = [
  'X-Correlation-ID',
  'X-Facet-Complete',
  'RateLimit',
  'RateLimit-Policy',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
  'WWW-Authenticate',
  'ETag',
].join(', ');

const requestHeaders = [
  'authorization',
  'content-type',
  'if-none-match',
  'x-api-key',
  'x-correlation-id',
  'traceparent',
  'tracestate',
  'x-request-timeout-ms',
  'x-time-zone',
  'x-facet-csrf',
  'apollo-require-preflight',
  'x-apollo-operation-name',
];

/**
 * Stage 4, which pages may call (Fetch §3.3). The list of origins is exact and each is answered with its own name, never with `*`:
 * requests carry credentials. A profile that serves no browsers answers no page at all.
 */
export function createCrossOrigin({ profile, browser, clientIdentity, ownOrigins }: CrossOriginParts) {
  const allowed = new Map<string, HeaderList>();
  const preflights = new Map<string, HeaderList>();
  const methods = profile.get ? 'GET, POST' : 'POST';
  const names = [...requestHeaders, clientIdentity.nameHeader, clientIdentity.versionHeader].join(', ');
  if (profile.cors === 'configured')
    for (const origin of new Set([...ownOrigins, ...browser.origins])) {
      const common = ['access-control-allow-origin', origin, 'access-control-allow-credentials', 'true'];
      allowed.set(origin, [...common, 'access-control-expose-headers', exposed]);
      preflights.set(origin, [
        ...common,
        'access-control-allow-methods',
        methods,
        'access-control-allow-headers',
        names,
        'access-control-max-age',
        String(browser.preflightSeconds),
      ]);
    }

  return {
    /** The headers for a page's answer; none when no page asks. Throws `ORIGIN_NOT_ALLOWED`. */
    admit({ origin }: IncomingHttpHeaders): HeaderList | undefined {
      if (origin === undefined || profile.cors === 'off') return undefined;
      const headers = allowed.get(origin);
      if (!headers) throw new GatewayError('ORIGIN_NOT_ALLOWED', { context: { reason: 'origin' } });
      return headers;
    },

    /** The answer's headers to a preflight; undefined when it is none. */
    preflight(method: string | undefined, headers: IncomingHttpHeaders): HeaderList | undefined {
      if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return undefined;
      return preflights.get(headers.origin ?? '');
    },
  };
}

export type CrossOrigin = ReturnType<typeof createCrossOrigin>;

/** The origins of a listener by itself: the public URL's if it has one, else its address, and by name where that is loopback. */
export function ownOriginsOf(listener: {
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string | undefined;
  readonly tls?: object | undefined;
}): string[] {
  const { host, port, publicUrl, tls } = listener;
  if (publicUrl !== undefined) return [new URL(publicUrl).origin];
  const hosts = host === '127.0.0.1' || host === '::1' ? [host, 'localhost'] : [host];
  const scheme = tls ? 'https' : 'http';
  return hosts.map((name) => `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`);
}
