import type { GraphQLFormattedError } from 'graphql';
import type { AnswerReport, StaleReply } from '../context/call-context.ts';
import type { DroppedPart } from '../context/freshness.ts';
import type { Answer } from '../operation/pipeline.ts';

/** `X-Facet-Complete`: whether anything is missing, or merely old. */
export type Completeness = 'complete' | 'partial' | 'stale';

export function completenessOf({ errors }: Answer, report: AnswerReport): Completeness {
  if ((errors !== undefined && errors.length > 0) || report.dropped.length > 0) return 'partial';
  return report.stale.length > 0 ? 'stale' : 'complete';
}

/** The parts named in `extensions.freshness` and `extensions.dropped`, at most. */
const maxNamed = 20;

/** The text of an answer. GraphQL specification §7.1: errors first when there are any, `data` only if execution began. */
export function answerBody({ data, errors, extensions }: Answer, report: AnswerReport): string {
  const { stale, dropped } = report;
  const told =
    stale.length === 0 && dropped.length === 0
      ? extensions
      : {
          ...extensions,
          ...(stale.length > 0 && { freshness: { stale: oldestOf(stale) } }),
          ...(dropped.length > 0 && { dropped: sumOf(dropped) }),
        };
  // `undefined` leaves no key, and an empty list of errors may not be there (§7.1.2).
  return JSON.stringify({ errors: errors?.length ? errors : undefined, data, extensions: told });
}

/** One entry for each service and reason, with the age of its oldest reply. */
function oldestOf(stale: readonly StaleReply[]): StaleReply[] {
  const parts = new Map<string, StaleReply>();
  for (const reply of stale) {
    const key = `${reply.service} ${reply.reason}`;
    const known = parts.get(key);
    if (!known || known.ageSeconds < reply.ageSeconds) parts.set(key, reply);
  }
  return [...parts.values()].slice(0, maxNamed);
}

/** One entry for each service and route. */
function sumOf(dropped: readonly DroppedPart[]): DroppedPart[] {
  const parts = new Map<string, DroppedPart>();
  for (const part of dropped) {
    const key = `${part.service} ${part.route}`;
    parts.set(key, { ...part, count: part.count + (parts.get(key)?.count ?? 0) });
  }
  return [...parts.values()].slice(0, maxNamed);
}

/** Every entry of `errors` carries the id that finds the request in the logs. */
export function stampCorrelation(errors: readonly GraphQLFormattedError[] | undefined, correlationId: string): void {
  for (const { extensions } of errors ?? []) if (extensions) extensions['correlationId'] = correlationId;
}

/** Distinct codes, for the log. */
export function codesOf(errors: readonly GraphQLFormattedError[] | undefined): string[] {
  if (!errors || errors.length === 0) return [];
  return [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))];
}
