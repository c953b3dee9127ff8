import type { AuthConfig, IssuerConfig } from '../config/sections/auth.ts';
import type { Principal } from '../context/principal.ts';
import type { ReportOnly } from '../context/report-only.ts';
import type { Clock } from '../lib/clock.ts';
import { PartSet } from '../lib/part-set.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { ApiKeyStore } from './api-key-store.ts';
import { ApiKeyVerifier } from './api-key-verifier.ts';
import { AuthMetrics } from './auth-metrics.ts';
import { Authenticate, type AuthenticationPolicy, type CredentialVerifier } from './authenticate.ts';
import { BarredSubjects } from './barred-subjects.ts';
import { BearerVerifier, type TrustedIssuer } from './bearer.ts';
import type { Credentials } from './credentials.ts';
import { Jwks, type JwksStatus } from './jwks.ts';
import { TokenMemo } from './token-memo.ts';

export interface AuthenticatorParts {
  readonly config: AuthConfig;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whose `authentication` gate refuses or reports. */
  readonly reportOnly: ReportOnly;
  /** Shares API keys and barred subjects; without it both are per process. */
  readonly redis?: RedisClient | undefined;
  /** Where parts are kept that outlive a change of the configuration: key sets, barred subjects, known keys. */
  readonly parts?: PartSet;
  /** Verifies session cookies, for a process that has them. */
  readonly session?: CredentialVerifier | undefined;
}

export interface Authenticator {
  /**
   * Who calls. Synchronous for a credential seen before, so don't `await` without need. Throws or rejects with `GatewayError`
   * only. `context` is the request's: its log is for report mode.
   */
  authenticate(
    credentials: Credentials,
    policy: AuthenticationPolicy,
    context?: { readonly log: Logger },
  ): Principal | Promise<Principal>;
  /** Refuses a subject with ACCOUNT_SUSPENDED on all instances from now on, whatever its tokens say. */
  bar(subject: string): Promise<void>;
  unbar(subject: string): Promise<void>;
  /** Barred subjects that only this process knows of, and how another takes them over. */
  readonly barred: Pick<BarredSubjects, 'standing' | 'adopt'>;
  /** Settles once everything was asked for once, well or not: a process starts with its identity provider down. */
  readonly ready: Promise<void>;
  /** For `/status`. */
  status(): readonly JwksStatus[];
  close(): void;
}

/** Joins the parts of `auth/` by the configuration. Fetching begins at once. */
export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const { config, clock, log, redis } = parts;
  const kept = parts.parts ?? new PartSet();
  const metrics = new AuthMetrics(parts.metrics);
  const keySetOf = (issuer: IssuerConfig): Started<Jwks> => {
    const settings = jwksSettings(issuer);
    const make = (): Started<Jwks> => started(new Jwks(settings, { clock, log, metrics }));
    return kept.keep(`auth.jwks ${issuer.issuer}`, [settings], make, ({ it }) => it.close());
  };
  const keySets = config.issuers.map(keySetOf);
  const issuers = config.issuers.map((issuer, index) => trustIssuer(issuer, (keySets[index] as Started<Jwks>).it));
  const barred = kept.keep(
    'auth.barred',
    [config.barSeconds, redis],
    () => started(new BarredSubjects({ ttlMs: config.barSeconds * 1000, clock, log, redis })),
    ({ it }) => it.close(),
  );
  const apiKeys = kept.keep(
    'auth.apiKeys',
    [config.apiKeys, redis],
    () =>
      new ApiKeyVerifier({
        store: redis && new ApiKeyStore(redis),
        configured: config.apiKeys.static,
        cacheMs: config.apiKeys.cacheSeconds * 1000,
        outageMs: config.apiKeys.outageSeconds * 1000,
        maxCached: config.apiKeys.maxCached,
        clock,
      }),
    (it) => it.close(),
  );
  const authenticate = new Authenticate({
    bearer: new BearerVerifier(issuers, new TokenMemo(config.maxRememberedTokens, clock), clock),
    apiKey: apiKeys,
    session: parts.session,
    barred: barred.it,
    blockedStatuses: new Set(config.blockedStatuses),
    gate: parts.reportOnly.gate('authentication'),
    metrics,
  });
  const ready = Promise.all([barred, ...keySets].map(({ ready: one }) => one)).then(() => undefined);
  return {
    authenticate: (credentials, policy, context = parts) => authenticate.decide(credentials, policy, context),
    bar: (subject) => barred.it.bar(subject),
    unbar: (subject) => barred.it.unbar(subject),
    barred: barred.it,
    ready,
    status: () => issuers.map(({ jwks }) => jwks.status),
    // Given from outside, they are ended from outside.
    close: () => (parts.parts ? undefined : void kept.release()),
  };
}

interface Started<T> {
  readonly it: T;
  readonly ready: Promise<unknown>;
}

function started<T extends { start(): Promise<unknown> }>(it: T): Started<T> {
  return { it, ready: it.start() };
}

function jwksSettings({ issuer, algorithms, jwks }: IssuerConfig) {
  return {
    issuer,
    algorithms,
    uri: jwks.uri,
    refreshMs: jwks.refreshSeconds * 1000,
    keepMs: jwks.keepSeconds * 1000,
    cooldownMs: jwks.cooldownSeconds * 1000,
    timeoutMs: jwks.timeoutMs,
    maxBytes: jwks.maxBytes,
  };
}

function trustIssuer(config: IssuerConfig, jwks: Jwks): TrustedIssuer {
  return {
    issuer: config.issuer,
    jwks,
    algorithms: new Set(config.algorithms),
    audiences: config.audiences,
    clockSkewSeconds: config.clockSkewSeconds,
    requiredClaims: config.requiredClaims,
    mapping: config.claims,
    retryAfterMs: config.jwks.cooldownSeconds * 1000,
  };
}
