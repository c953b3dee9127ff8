import { auth, type AuthConfig } from '../../src/config/sections/auth.ts';
import { enforcement } from '../../src/config/sections/enforcement.ts';
import { ReportOnly } from '../../src/context/report-only.ts';
import { type Authenticator, createAuthenticator, type AuthenticatorParts } from '../../src/auth/authenticator.ts';
import type { AuthenticationPolicy } from '../../src/auth/authenticate.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { ManualClock } from './manual-clock.ts';
import type { Cleanup } from './processes.ts';

export const issuer = 'https://id.example';
export const audience = 'https://facet.example/one';

/** A client process that takes every kind of credential and nobody without one. */
export const policy: AuthenticationPolicy = {
  name: 'one',
  credentials: { bearer: true, apiKey: true, session: true, anonymous: false },
};

export interface TestAuthenticator extends Authenticator {
  readonly clock: ManualClock;
  readonly metrics: Metrics;
  /** Log lines so far, parsed. */
  readonly lines: Record<string, unknown>[];
}

export interface TestAuthenticatorOptions extends Partial<Pick<AuthenticatorParts, 'redis' | 'session'>> {
  readonly clock?: ManualClock;
  readonly config: unknown;
  readonly enforcement?: unknown;
}

/** The real authenticator from a configuration as the file has it, on a clock moved by hand. */
export function startAuthenticator(cleanup: Cleanup, options: TestAuthenticatorOptions): TestAuthenticator {
  const clock = options.clock ?? new ManualClock();
  const metrics = new Metrics();
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const log = createLogger({ level: 'debug', base: {}, destination });
  const config: AuthConfig = auth.parse(options.config);
  const reportOnly = new ReportOnly(enforcement.parse(options.enforcement ?? {}), { clock, metrics });
  const { redis, session } = options;
  const authenticator = createAuthenticator({ config, clock, metrics, log, reportOnly, redis, session });
  cleanup.after(() => authenticator.close());
  return Object.assign(authenticator, { clock, metrics, lines });
}

/** The `issuers` entry that belongs to a key server. */
export function issuerConfig(jwksUri: string, over: Record<string, unknown> = {}, jwks: Record<string, unknown> = {}) {
  return { issuer, jwks: { uri: jwksUri, ...jwks }, audiences: { one: [audience] }, ...over };
}

/** Claims of a good token at the clock's time. */
export function goodClaims(clock: ManualClock, over: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(clock.now() / 1000);
  return {
    iss: issuer,
    aud: audience,
    sub: 'usr_1',
    iat: now,
    exp: now + 600,
    role: 'customer',
    tier: 'pro',
    scope: 'orders:read',
    ...over,
  };
}
