import { LRUCache } from 'lru-cache';

/** For whom a text is made: what `Intl` needs to know. */
export interface Audience {
  /** BCP 47 tag. */
  readonly language: string;
  /** The same for what is said, where there are no texts in `language` and some in this one. */
  readonly textLanguage?: string | undefined;
  /** IANA time zone. */
  readonly timeZone: string;
  /** Wall-clock milliseconds that count as now. All texts of one answer share it, so that they agree on what is today. */
  readonly nowMs: number;
}

const dayMs = 86_400_000;
/** How far away a day may be and still go by its name. */
const namedDays = 6;

interface Formatters {
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  /** `2026-11-21`, for counting. */
  readonly isoDay: Intl.DateTimeFormat;
  readonly hour: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
  /** The day of the last now that was asked about: all texts of an answer share it. */
  today: { readonly nowMs: number; readonly day: number };
}

/** Languages and time zones come from clients, so what is remembered is bounded. Making these costs more than a whole answer. */
const formatters = new LRUCache<string, Formatters>({ max: 200 });

/** Swedish dates are ISO dates; calendar and digits are said, lest a default of the system changes them. */
const forCounting = 'sv-SE-u-ca-gregory-nu-latn';

function formattersFor({ language, timeZone }: Audience): Formatters {
  const key = `${language} ${timeZone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made: Formatters = {
    time: new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'short' }),
    weekday: new Intl.DateTimeFormat(language, { timeZone, weekday: 'long' }),
    date: new Intl.DateTimeFormat(language, { timeZone, day: 'numeric', month: 'short', year: 'numeric' }),
    isoDay: new Intl.DateTimeFormat(forCounting, { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
    hour: new Intl.DateTimeFormat(forCounting, { timeZone, hour: '2-digit', hourCycle: 'h23' }),
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    today: { nowMs: Number.NaN, day: Number.NaN },
  };
  formatters.set(key, made);
  return made;
}

/** The number of the calendar day on which an instant falls. */
function dayOf({ isoDay }: Formatters, atMs: number): number {
  return Date.parse(isoDay.format(atMs)) / dayMs;
}

/** Whole days between the calendar days of two instants, as that time zone has them. Negative in the past. */
export function daysFromNow(instant: string, audience: Audience): number {
  const found = formattersFor(audience);
  const { nowMs } = audience;
  if (found.today.nowMs !== nowMs) found.today = { nowMs, day: dayOf(found, nowMs) };
  return dayOf(found, Date.parse(instant)) - found.today.day;
}

/** The hour of the audience's own clock, 0 to 23. */
export function hourOfDay(audience: Audience): number {
  return Number(formattersFor(audience).hour.format(audience.nowMs));
}

/** A day as people say it: `tomorrow`, `Thursday`, `14 Nov 2026`. For the middle of a sentence. */
export function dayText(instant: string, audience: Audience): string {
  return dayName(instant, daysFromNow(instant, audience), audience);
}

function dayName(instant: string, days: number, audience: Audience): string {
  const { weekday, date, relative } = formattersFor(audience);
  if (Math.abs(days) <= 1) return relative.format(days, 'day');
  return (Math.abs(days) <= namedDays ? weekday : date).format(Date.parse(instant));
}

/** A day as the beginning of a text: `Tomorrow`. */
export function dayLabel(instant: string, audience: Audience): string {
  return capitalised(dayText(instant, audience), audience.language);
}

/** Day and time of something that happened: `Yesterday, 14:05`; the date alone once the day has no name any more. */
export function momentText(instant: string, audience: Audience): string {
  const days = daysFromNow(instant, audience);
  const day = capitalised(dayName(instant, days, audience), audience.language);
  if (Math.abs(days) > namedDays) return day;
  return `${day}, ${formattersFor(audience).time.format(Date.parse(instant))}`;
}

function capitalised(text: string, language: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
