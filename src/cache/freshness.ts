import { parseCacheControl, secondsOf } from './cache-control.ts';

/** One upstream route's rules, from `gateway.yaml`. A service may shorten them by its own headers, never lengthen them. */
export interface CachePolicy {
  /** Milliseconds a reply is answered without asking. */
  readonly freshMs: number;
  /** Milliseconds after that during which it is answered at once while one call fetches the next (RFC 5861 §3). */
  readonly staleWhileRevalidateMs: number;
  /** Milliseconds after freshness during which it stands in for a failing service (RFC 5861 §4). */
  readonly staleIfErrorMs: number;
  /** Milliseconds a 404, or a batch's unknown key, is remembered; 0 not at all. */
  readonly missingMs: number;
}

/** How long one reply may be used, in milliseconds from its arrival. */
export interface Lifetime {
  readonly freshMs: number;
  /** Until when it may be answered stale while the next is fetched. */
  readonly revalidateMs: number;
  /** Until when it may stand in for an error. */
  readonly errorMs: number;
  /** Until when it is kept; longer than the others where an ETag makes a cheap question possible. */
  readonly keepMs: number;
  /** How old it already was, by the `Age` header. */
  readonly ageMs: number;
}

export interface ReplyFacts {
  readonly headers: Readonly<Record<string, string>>;
  /** `caller`: the key carries who asked; `public`: the value is given to everyone. */
  readonly scope: 'caller' | 'public';
  /** The service said that there is no such thing. */
  readonly missing: boolean;
}

/** An old body that its ETag can confirm is worth keeping this long: what is saved is the body, not the question. */
const keepForRevalidationMs = 60_000;

/** Request headers that the key stands for, or that no record depends on; a reply that varies by any other is not kept. */
const keptBy: Record<ReplyFacts['scope'], ReadonlySet<string>> = {
  public: new Set(['accept', 'accept-encoding']),
  caller: new Set(['accept', 'accept-encoding', 'authorization', 'x-user-id', 'x-user-role']),
};

/**
 * The policy bounded by what the service says (RFC 9111 §3, §4.2). Undefined: the reply must not be kept.
 */
export function lifetimeOf(policy: CachePolicy, facts: ReplyFacts, nowMs: number): Lifetime | undefined {
  const { headers, scope, missing } = facts;
  const said = parseCacheControl(headers['cache-control'] ?? '');
  // §5.2.2.5 no-store and §5.2.2.7 private are MUST NOTs, whatever their arguments; a header that cannot be read may have said either.
  if (said === undefined || said.has('no-store')) return undefined;
  if (scope === 'public' && said.has('private')) return undefined;
  if (!variesOnlyBy(headers['vary'], keptBy[scope])) return undefined;

  const ageMs = (secondsOf(headers['age'] ?? '0') ?? 0) * 1000;
  // §5.2.2.4 no-cache: MUST NOT be used without asking, so it is never fresh; its ETag still saves the body.
  const allowedMs = said.has('no-cache') ? 0 : Math.max(0, freshnessOf(said, headers, scope, nowMs) - ageMs);
  const freshMs = Math.min(missing ? policy.missingMs : policy.freshMs, allowedMs);
  // §4.2.4: no stale use against no-cache, must-revalidate or, in a shared cache, proxy-revalidate and s-maxage. Absence is never stale.
  const strict =
    missing ||
    said.has('no-cache') ||
    said.has('must-revalidate') ||
    (scope === 'public' && (said.has('proxy-revalidate') || said.has('s-maxage')));
  const revalidateMs = strict ? 0 : bounded(policy.staleWhileRevalidateMs, said.get('stale-while-revalidate'));
  const errorMs = strict ? 0 : bounded(policy.staleIfErrorMs, said.get('stale-if-error'));
  const laterMs = headers['etag'] === undefined || missing ? 0 : keepForRevalidationMs;
  const keepMs = freshMs + Math.max(revalidateMs, errorMs, laterMs);
  return keepMs === 0
    ? undefined
    : { freshMs, revalidateMs: freshMs + revalidateMs, errorMs: freshMs + errorMs, keepMs, ageMs };
}

/** RFC 9111 §4.2.1: s-maxage (shared caches only), then max-age, then Expires. Milliseconds; Infinity when the service is silent. */
function freshnessOf(
  said: ReadonlyMap<string, string>,
  headers: Readonly<Record<string, string>>,
  scope: ReplyFacts['scope'],
  nowMs: number,
): number {
  const maxAge = (scope === 'public' ? said.get('s-maxage') : undefined) ?? said.get('max-age');
  // "Caches are encouraged to consider responses that have invalid freshness information to be stale."
  if (maxAge !== undefined) return (secondsOf(maxAge) ?? 0) * 1000;
  const expires = headers['expires'];
  if (expires === undefined) return Infinity;
  const from = Date.parse(headers['date'] ?? '');
  const until = Date.parse(expires);
  return Number.isNaN(until) ? 0 : until - (Number.isNaN(from) ? nowMs : from);
}

function bounded(policyMs: number, said: string | undefined): number {
  return said === undefined ? policyMs : Math.min(policyMs, (secondsOf(said) ?? 0) * 1000);
}

function variesOnlyBy(vary: string | undefined, known: ReadonlySet<string>): boolean {
  if (vary === undefined) return true;
  return vary
    .toLowerCase()
    .split(',')
    .every((name) => known.has(name.trim()) || name.trim() === '');
}
