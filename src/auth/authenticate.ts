import { anonymous, type CredentialKind, type Principal } from '../context/principal.ts';
import type { Gate } from '../context/report-only.ts';
import { type GatewayError, toGatewayError } from '../errors/gateway-error.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { AuthMetrics } from './auth-metrics.ts';
import type { BarredSubjects } from './barred-subjects.ts';
import type { Credentials } from './credentials.ts';
import { accountSuspended, credentialsConflict, reasonOf, unauthenticated } from './refusal.ts';

/** What one client process takes; a `Profile` is one. */
export interface AuthenticationPolicy {
  /** The process's name: chooses audiences and the keys that may be used here. */
  readonly name: string;
  readonly credentials: {
    readonly bearer: boolean;
    readonly apiKey: boolean;
    readonly session: boolean;
    /** May a caller come without a credential? */
    readonly anonymous: boolean;
  };
}

/** One kind of credential. Both methods may throw or reject with a `GatewayError` and with nothing else. */
export interface CredentialVerifier {
  /** The principal from memory, without a promise; undefined when that needs `verify`. */
  recall(value: string, bff: string): Principal | undefined;
  verify(value: string, bff: string): Promise<Principal>;
}

/** Whose log hears of what is only reported. */
interface Logging {
  readonly log: Logger;
}

export interface AuthenticateParts {
  readonly bearer: CredentialVerifier;
  readonly apiKey?: CredentialVerifier | undefined;
  readonly session?: CredentialVerifier | undefined;
  readonly barred: BarredSubjects;
  readonly blockedStatuses: ReadonlySet<string>;
  readonly gate: Gate;
  readonly metrics: AuthMetrics;
}

/** Decides who calls: at most one credential, of a kind that the client process takes, verified, its account open. */
export class Authenticate {
  readonly #parts: AuthenticateParts;

  constructor(parts: AuthenticateParts) {
    this.#parts = parts;
  }

  /**
   * The caller. A credential seen before is answered at once and not by a promise. Throws, or rejects, with UNAUTHENTICATED
   * (and a challenge in `headers`), CREDENTIALS_CONFLICT, FORBIDDEN, ACCOUNT_SUSPENDED or AUTH_UNAVAILABLE; in report mode
   * such a caller is anonymous instead.
   */
  decide(credentials: Credentials, policy: AuthenticationPolicy, context: Logging): Principal | Promise<Principal> {
    const kind = kindOf(credentials);
    try {
      if (kind === 'conflict') throw credentialsConflict(credentials.repeated ? 'repeated' : 'two_kinds');
      if (kind === 'none') return this.#withoutCredential(policy);
      const verifier = this.#verifierFor(kind, policy);
      const value = valueOf(credentials, kind);
      const known = verifier.recall(value, policy.name);
      if (known) return this.#admit(known, kind, 'remembered');
      return this.#verify(verifier, kind, value, policy, context);
    } catch (error) {
      return this.#refuse(toGatewayError(error), kind, context);
    }
  }

  async #verify(
    verifier: CredentialVerifier,
    kind: CredentialKind,
    value: string,
    policy: AuthenticationPolicy,
    context: Logging,
  ): Promise<Principal> {
    try {
      return this.#admit(await verifier.verify(value, policy.name), kind, 'accepted');
    } catch (error) {
      return this.#refuse(toGatewayError(error), kind, context);
    }
  }

  #withoutCredential(policy: AuthenticationPolicy): Principal {
    if (!policy.credentials.anonymous) throw unauthenticated('missing');
    this.#parts.metrics.decided('none', 'accepted');
    return anonymous;
  }

  #verifierFor(kind: 'bearer' | 'api-key' | 'session', policy: AuthenticationPolicy): CredentialVerifier {
    const { bearer, apiKey, session } = this.#parts;
    const taken = policy.credentials;
    const verifier =
      kind === 'bearer'
        ? taken.bearer && bearer
        : kind === 'api-key'
          ? taken.apiKey && apiKey
          : taken.session && session;
    if (!verifier) throw unauthenticated('kind_not_accepted');
    return verifier;
  }

  #admit(principal: Principal, kind: CredentialKind, result: 'accepted' | 'remembered'): Principal {
    if (this.#parts.blockedStatuses.has(principal.accountStatus)) throw accountSuspended(principal.accountStatus);
    if (this.#parts.barred.has(principal.subject)) throw accountSuspended('barred');
    this.#parts.metrics.decided(kind, result);
    return principal;
  }

  #refuse(error: GatewayError, kind: CredentialKind | 'conflict', context: Logging): Principal {
    this.#parts.metrics.decided(kind, reasonOf(error));
    this.#parts.gate.refuse(error, context);
    return anonymous;
  }
}

function kindOf({ authorization, apiKey, session, repeated }: Credentials): CredentialKind | 'conflict' {
  const offered =
    (authorization === undefined ? 0 : 1) + (apiKey === undefined ? 0 : 1) + (session === undefined ? 0 : 1);
  if (offered > 1 || repeated) return 'conflict';
  if (authorization !== undefined) return 'bearer';
  if (apiKey !== undefined) return 'api-key';
  return session === undefined ? 'none' : 'session';
}

function valueOf(credentials: Credentials, kind: CredentialKind): string {
  if (kind === 'bearer') return bearerToken(credentials.authorization ?? '');
  return (kind === 'api-key' ? credentials.apiKey : credentials.session) ?? '';
}

/** RFC 6750 section 2.1: `Bearer` 1*SP b64token; RFC 9110 section 11.1 compares the scheme without case. */
const bearerForm = /^bearer +([^ ]+)$/i;

function bearerToken(header: string): string {
  // The usual spelling costs no regular expression; a space within the rest makes it no token, and the verifier says so.
  if (header.startsWith('Bearer ') && header.charCodeAt(7) !== 0x20) return header.slice(7);
  const token = bearerForm.exec(header)?.[1];
  if (token === undefined) throw unauthenticated(/^bearer( |$)/i.test(header) ? 'malformed' : 'unknown_scheme');
  return token;
}
