import { LRUCache } from 'lru-cache';

/** For whom a text is made: what `Intl` needs to know. */
export interface Audience {
  /** BCP 47 tag. */
  readonly language: string;
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
  readonly parts: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

/** Languages and time zones come from clients, so what is remembered is bounded. Making these costs more than a whole answer. */
const formatters = new LRUCache<string, Formatters>({ max: 200 });

function formattersFor({ language, timeZone }: Audience): Formatters {
  const key = `${language} ${timeZone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made: Formatters = {
    time: new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'short' }),
    weekday: new Intl.DateTimeFormat(language, { timeZone, weekday: 'long' }),
    date: new Intl.DateTimeFormat(language, { timeZone, day: 'numeric', month: 'short', year: 'numeric' }),
    parts: new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      hourCycle: 'h23',
    }),
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  };
  formatters.set(key, made);
  return made;
}

function partOf(parts: readonly Intl.DateTimeFormatPart[], type: Intl.DateTimeFormatPartTypes): number {
  return Number(parts.find((part) => part.type === type)?.value);
}

/** Whole days between the calendar days of two instants, as that time zone has them. Negative in the past. */
export function daysFromNow(instant: string, audience: Audience): number {
  const { parts } = formattersFor(audience);
  const dayOf = (atMs: number): number => {
    const found = parts.formatToParts(atMs);
    return Date.UTC(partOf(found, 'year'), partOf(found, 'month') - 1, partOf(found, 'day')) / dayMs;
  };
  return dayOf(Date.parse(instant)) - dayOf(audience.nowMs);
}

/** The hour of the audience's own clock, 0 to 23. */
export function hourOfDay(audience: Audience): number {
  return partOf(formattersFor(audience).parts.formatToParts(audience.nowMs), 'hour');
}

/** A day as people say it: `tomorrow`, `Thursday`, `14 Nov 2026`. For the middle of a sentence. */
export function dayText(instant: string, audience: Audience): string {
  const { weekday, date, relative } = formattersFor(audience);
  const days = daysFromNow(instant, audience);
  if (Math.abs(days) <= 1) return relative.format(days, 'day');
  return (Math.abs(days) <= namedDays ? weekday : date).format(Date.parse(instant));
}

/** A day as the beginning of a text: `Tomorrow`. */
export function dayLabel(instant: string, audience: Audience): string {
  return capitalised(dayText(instant, audience), audience.language);
}

/** Day and time of something that happened: `Yesterday, 14:05`; the date alone once the day has no name any more. */
export function momentText(instant: string, audience: Audience): string {
  const day = dayLabel(instant, audience);
  if (Math.abs(daysFromNow(instant, audience)) > namedDays) return day;
  return `${day}, ${formattersFor(audience).time.format(Date.parse(instant))}`;
}

function capitalised(text: string, language: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
