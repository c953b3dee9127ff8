import { badInput } from './bad-input.ts';

/** The paging arguments of a connection; forward-only ones lack the latter two. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Which part of a list is asked for. */
export interface PageSlice {
  readonly isBackward: boolean;
  /** 0 to 100. */
  readonly size: number;
  /** The item next to the page: before it, or behind it when backward. Absent: the list's own end. */
  readonly cursor: string | undefined;
}

export const maxPageSize = 100;

/** What cannot be meant is an error and never quietly something else: Relay's "strongly discouraged" pairs, and sizes over the bound. */
export function readSlice({ first, after, last, before }: PageArguments, defaultSize: number): PageSlice {
  const isBackward = isGiven(last) || isGiven(before);
  if (isBackward && (isGiven(first) || isGiven(after)))
    throw badInput('Page forward with first and after, or backward with last and before, not both.');
  const [name, asked, cursor] = isBackward ? (['last', last, before] as const) : (['first', first, after] as const);
  const size = asked ?? defaultSize;
  if (size < 0 || size > maxPageSize) throw badInput(`${name} must be from 0 to ${maxPageSize}.`);
  return { isBackward, size, cursor: cursor ?? undefined };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
