import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { ProfileClaims } from '../context/principal.ts';
import type { Locale } from '../context/resolver-context.ts';
import { hasTexts } from '../domain/display-texts.ts';

/** Headers and claims come from a small set of values; what they resolve to is remembered. */
const maxRemembered = 1_000;
const maxHeaderLength = 200;

/** What a list of languages comes to; empty where nothing of it does. */
interface Languages {
  /** The first that `Intl` knows: for amounts and days. */
  readonly best: string;
  /** The first that we have texts in: for what is said. */
  readonly withTexts: string;
}

const none: Languages = { best: '', withTexts: '' };

/**
 * The language and time zone of texts: `Accept-Language` (RFC 9110 §12.5.4) and `X-Time-Zone` (an IANA name), else the token's
 * `locale` and `zoneinfo`, else the profile's. A value that `Intl` does not know counts as absent.
 */
export function createLocaleResolver(fallback: Locale) {
  const languages = new LRUCache<string, Languages>({ max: maxRemembered });
  const timeZones = new LRUCache<string, string>({ max: maxRemembered });

  function languagesOf(header: string | undefined): Languages {
    if (!header || header.length > maxHeaderLength) return none;
    let found = languages.get(header);
    if (found === undefined) languages.set(header, (found = bestLanguages(header)));
    return found;
  }

  function timeZoneOf(name: string): string {
    let found = timeZones.get(name);
    if (found === undefined) timeZones.set(name, (found = knownTimeZone(name)));
    return found;
  }

  return function localeOf(headers: IncomingHttpHeaders, claims: ProfileClaims): Locale {
    const asked = languagesOf(headers['accept-language']);
    const told = languagesOf(claims.locale);
    const zone = headers['x-time-zone'];
    const language = asked.best || told.best || fallback.language;
    const textLanguage = hasTexts(language) ? undefined : asked.withTexts || told.withTexts || undefined;
    const timeZone =
      (typeof zone === 'string' && zone.length <= maxHeaderLength && timeZoneOf(zone)) ||
      (claims.timeZone !== undefined && timeZoneOf(claims.timeZone)) ||
      fallback.timeZone;
    return { language, textLanguage, timeZone };
  };
}

/** By weight, and by place where weights are equal (RFC 9110 §12.5.4). A wildcard asks for nothing in particular (RFC 4647 §3.4). */
function bestLanguages(header: string): Languages {
  const known = header
    .split(',')
    .map((part) => {
      const [tag = '', q] = part.trim().split(/\s*;\s*q=/i);
      return { tag, weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ tag }) => supported(tag));
  return { best: known[0] ?? '', withTexts: known.find(hasTexts) ?? '' };
}

function supported(tag: string): string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag);
  } catch {
    // Not a language tag: as if it were not there.
    return [];
  }
}

function knownTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}
