/**
 * One directive of RFC 9111 §5.2: a token, and perhaps an argument as token or quoted-string ("recipients ought to accept both").
 * Sticky and without nested repetition: its time is linear in the header's length.
 */
const directive = /[\s,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?\s*(?=,|$)/y;
const rest = /[\s,]*$/y;

/**
 * The directives of a `Cache-Control` value by lower-case name. Their arguments matter only for times: `private="x"`, `private=""` and
 * `no-cache="set-cookie"` forbid as much as the bare words do, since the qualified forms may be read so (§5.2.2.4, §5.2.2.7) and
 * reading them more loosely has handed one user's data to another before.
 *
 * Undefined when the value is not well formed: what cannot be read must be taken for the strictest.
 */
export function parseCacheControl(value: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (let at = 0; !endsAt(value, at); at = directive.lastIndex) {
    directive.lastIndex = at;
    const match = directive.exec(value);
    if (!match) return undefined;
    const name = (match[1] ?? '').toLowerCase();
    const argument = match[2] ?? match[3] ?? '';
    const before = found.get(name);
    // §4.2.1: contradicting times make a reply stale; an empty argument is an invalid time and says so further on.
    found.set(name, before === undefined || before === argument ? argument : '');
  }
  return found;
}

function endsAt(value: string, at: number): boolean {
  rest.lastIndex = at;
  return rest.test(value);
}

/** RFC 9111 §1.2.2: a non-negative integer; beyond 2^31 it counts as 2^31. Undefined when it is anything else. */
export function secondsOf(text: string): number | undefined {
  const digits = text.trim();
  return /^\d+$/.test(digits) ? Math.min(Number(digits), 2 ** 31) : undefined;
}
