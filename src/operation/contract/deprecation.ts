/** What a `@deprecated` reason says to machines: `Use x. since=2026-11 removeAfter=2028-05 minMobile=1.4.0`. */
export interface Deprecation {
  /** What to do instead: the text before the first pair. */
  readonly advice: string;
  /** Month from which it is deprecated, `YYYY-MM`. */
  readonly since: string;
  /** Month after which it may be removed, `YYYY-MM`. */
  readonly removeAfter: string;
  /** First version of a client that no longer needs it, from `min<Client>=`; the key is the client's folder. */
  readonly minimumVersions: Readonly<Record<string, string>>;
}

const pair = /(\w+)=(\S+)/g;
const month = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** Reads a reason; undefined if it has no advice, or `since` or `removeAfter` is missing or no month. */
export function parseDeprecation(reason: string): Deprecation | undefined {
  const pairs = new Map([...reason.matchAll(pair)].map(([, key = '', value = '']) => [key, value]));
  const advice = reason.split(/\s*\b\w+=/, 1)[0]?.trim() ?? '';
  const since = pairs.get('since') ?? '';
  const removeAfter = pairs.get('removeAfter') ?? '';
  if (!advice || !month.test(since) || !month.test(removeAfter) || removeAfter < since) return undefined;
  const minimumVersions = Object.fromEntries(
    [...pairs].filter(([key]) => /^min[A-Z]/.test(key)).map(([key, version]) => [key.slice(3).toLowerCase(), version]),
  );
  return { advice, since, removeAfter, minimumVersions };
}
