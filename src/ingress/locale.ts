import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { ProfileClaims } from '../context/principal.ts';
import type { Locale } from '../context/resolver-context.ts';

/** Headers and claims come from a small set of values; what they resolve to is remembered. */
const maxRemembered = 1_000;
const maxHeaderLength = 200;

/**
 * The language and time zone of texts: `Accept-Language` (RFC 9110 §12.5.4) and `X-Time-Zone` (an IANA name), else the token's
 * `locale` and `zoneinfo`, else the profile's. A value that `Intl` does not know counts as absent.
 */
export function createLocaleResolver(fallback: Locale) {
  const languages = new LRUCache<string, string>({ max: maxRemembered });
  const timeZones = new LRUCache<string, string>({ max: maxRemembered });

  function languageOf(header: string): string {
    let found = languages.get(header);
    if (found === undefined) languages.set(header, (found = bestLanguage(header)));
    return found;
  }

  function timeZoneOf(name: string): string {
    let found = timeZones.get(name);
    if (found === undefined) timeZones.set(name, (found = knownTimeZone(name)));
    return found;
  }

  return function localeOf(headers: IncomingHttpHeaders, claims: ProfileClaims): Locale {
    const accept = headers['accept-language'] ?? '';
    const zone = headers['x-time-zone'];
    const language =
      (accept !== '' && accept.length <= maxHeaderLength && languageOf(accept)) ||
      (claims.locale !== undefined && claims.locale.length <= maxHeaderLength && languageOf(claims.locale)) ||
      fallback.language;
    const timeZone =
      (typeof zone === 'string' && zone.length <= maxHeaderLength && timeZoneOf(zone)) ||
      (claims.timeZone !== undefined && timeZoneOf(claims.timeZone)) ||
      fallback.timeZone;
    return { language, timeZone };
  };
}

/** The first supported language of the header by weight; empty when there is none. */
function bestLanguage(header: string): string {
  const ranges = header
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(/\s*;\s*q=/);
      return { tag, weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of ranges) {
    try {
      const [supported] = Intl.DateTimeFormat.supportedLocalesOf(tag);
      if (supported) return supported;
    } catch {
      // Not a language tag: as if it were not there.
    }
  }
  return '';
}

function knownTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}
