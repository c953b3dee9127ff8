import type { IncomingHttpHeaders } from 'node:http';
import type { BrowserConfig } from '../config/sections/browser.ts';
import type { ClientIdentityConfig } from '../config/sections/clients.ts';
import type { Profile } from '../context/profile.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { HeaderBlock } from './header-block.ts';

export interface CrossOriginParts {
  readonly profile: Pick<Profile, 'cors' | 'get'>;
  readonly browser: BrowserConfig;
  readonly clientIdentity: ClientIdentityConfig;
  /** The URL that clients use: a page from there is the gateway's own. */
  readonly publicUrl: string | undefined;
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
export function createCrossOrigin({ profile, browser, clientIdentity, publicUrl }: CrossOriginParts) {
  const allowed = new Map<string, HeaderBlock>();
  const preflights = new Map<string, HeaderBlock>();
  const methods = profile.get ? 'GET, POST' : 'POST';
  const names = [...requestHeaders, clientIdentity.nameHeader, clientIdentity.versionHeader].join(', ');

  if (profile.cors === 'configured')
    for (const origin of [...browser.origins, ...(publicUrl === undefined ? [] : [new URL(publicUrl).origin])]) {
      const common = ['access-control-allow-origin', origin, 'access-control-allow-credentials', 'true'];
      allowed.set(origin, new HeaderBlock([...common, 'access-control-expose-headers', exposed]));
      const asked = ['access-control-allow-methods', methods, 'access-control-allow-headers', names];
      preflights.set(
        origin,
        new HeaderBlock([...common, ...asked, 'access-control-max-age', String(browser.preflightSeconds)]),
      );
    }

  return {
    /** The headers for a page's answer; undefined when no page asks. Throws `ORIGIN_NOT_ALLOWED`. */
    admit({ origin, host = '' }: IncomingHttpHeaders): HeaderBlock | undefined {
      if (origin === undefined || profile.cors === 'off') return undefined;
      const headers = allowed.get(origin);
      if (headers) return headers;
      if (publicUrl === undefined && isOwnPage(origin, host)) return sameOrigin;
      throw new GatewayError('ORIGIN_NOT_ALLOWED', { context: { reason: 'origin' } });
    },

    /** The answer's headers to a preflight; undefined when it is none. */
    preflight(method: string | undefined, headers: IncomingHttpHeaders): HeaderBlock | undefined {
      if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return undefined;
      return preflights.get(headers.origin ?? '');
    },
  };
}

export type CrossOrigin = ReturnType<typeof createCrossOrigin>;

/** A page of the same origin needs no permission to read (Fetch §4.3). */
const sameOrigin = new HeaderBlock([]);

/** The names by which a machine calls itself; any other name could lead here from anyone's page (DNS rebinding). */
const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** A page that this machine's own browser loaded from this very host and port: the playground, while nobody gave a public URL. */
function isOwnPage(origin: string, host: string): boolean {
  return loopbackHost.test(host) && (origin === `http://${host}` || origin === `https://${host}`);
}
