/** Nobody plans further ahead; a larger value is a mistake of the sender's clock. */
const longestMs = 3_600_000;

type HeaderValues = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Milliseconds that a service asks its caller to stay away, from `Retry-After` (RFC 9110 §10.2.3: seconds or a date), else from
 * `RateLimit: "default";r=0;t=3`, else from the older `RateLimit-Reset`. `undefined` when it says nothing that makes sense.
 */
export function retryAfterMs(headers: HeaderValues, nowMs: number): number | undefined {
  const retryAfter = single(headers['retry-after']);
  if (retryAfter !== undefined) {
    const found = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - nowMs;
    return bounded(found);
  }
  const seconds =
    /;\s*t=(\d{1,9})\b/.exec(single(headers['ratelimit']) ?? '')?.[1] ?? single(headers['ratelimit-reset']);
  return seconds === undefined || !/^\d{1,9}$/.test(seconds) ? undefined : bounded(Number(seconds) * 1_000);
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

function bounded(milliseconds: number): number | undefined {
  return Number.isNaN(milliseconds) ? undefined : Math.min(longestMs, Math.max(0, milliseconds));
}
