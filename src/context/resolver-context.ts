import type { CallContext } from './call-context.ts';

/** How this caller wants text: resolved once from `Accept-Language`, `X-Time-Zone` and the token. */
export interface Locale {
  /** BCP 47 tag that `Intl` supports. */
  readonly language: string;
  /** The same for what is said, where there are no texts in `language` and some in this one. */
  readonly textLanguage?: string | undefined;
  /** IANA time zone. */
  readonly timeZone: string;
}

/**
 * All a resolver sees of a request: the caller, the deadline, the loaders. No headers, no framework.
 * `Loaders` and `Services` come in as parameters, since their types live higher up.
 */
export interface ResolverContextOf<Loaders, Services> extends CallContext {
  readonly locale: Locale;
  /** Wall-clock milliseconds that count as now in texts, so that all of one answer agree on what is today. */
  readonly nowMs: number;
  readonly loaders: Loaders;
  readonly services: Services;
}
