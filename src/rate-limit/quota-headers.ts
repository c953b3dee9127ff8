import type { Quota } from '../context/quota.ts';

/**
 * The headers of a counted answer. `X-RateLimit-*` speak of the first quota (of the refused one on a 429), reset in seconds from
 * now; `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10 §3, §4) list all of them. `Retry-After` is not
 * here: it belongs to a refusal.
 */
export function quotaHeaders(quotas: readonly Quota[]): Record<string, string> {
  const [first] = quotas;
  if (!first) return {};
  let states = '';
  let policies = '';
  for (const { name, limit, remaining, resetSeconds, windowSeconds } of quotas) {
    const separator = states === '' ? '' : ', ';
    states += `${separator}"${name}";r=${remaining};t=${resetSeconds}`;
    policies += `${separator}"${name}";q=${limit};w=${windowSeconds}`;
  }
  return {
    'x-ratelimit-limit': String(first.limit),
    'x-ratelimit-remaining': String(first.remaining),
    'x-ratelimit-reset': String(first.resetSeconds),
    ratelimit: states,
    'ratelimit-policy': policies,
  };
}
