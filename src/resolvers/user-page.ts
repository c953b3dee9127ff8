import type { Page } from '../domain/page.ts';
import type { UserRecord } from '../domain/records.ts';
import type { UserSearch, UserSearchPage } from '../upstream/services/users.ts';
import { badInput } from './bad-input.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { pageOf } from './page-of.ts';
import type { PageSlice } from './page-slice.ts';
import type { ResolverContext } from './resolver-context.ts';

export type UserQuestion = Omit<UserSearch, 'token' | 'limit'>;

/**
 * Where a person stands in a list that the service pages by token: on which page (its token, the first has none, and its size), and
 * where on it. The outermost of a page know the tokens of the next pages too, which saves asking for their own page again.
 */
interface Place {
  readonly token?: string | undefined;
  readonly limit: number;
  readonly index: number;
  readonly next?: string;
  readonly previous?: string;
}

interface PlacedPage extends UserSearchPage {
  readonly places: readonly Place[];
}

/** A page of people, newest first. One call; two when it begins in the middle of a page. */
export async function loadUserPage(
  question: UserQuestion,
  { isBackward, size, cursor }: PageSlice,
  context: ResolverContext,
): Promise<Page<UserRecord>> {
  const list = `users ${JSON.stringify(question)}`;
  const fetch = (limit: number, token?: string): Promise<PlacedPage> => placed(question, limit, token, context);
  // A page of none still tells whether there are any.
  const wanted = Math.max(1, size);
  if (cursor === undefined) {
    if (isBackward) throw badInput('last needs before: this list can only be read from its start.');
    return answer(list, size, [await fetch(wanted)], { hasPreviousPage: false });
  }
  const place = parsePlace(placeOf(list, cursor));
  return isBackward ? before(list, place, size, fetch) : after(list, place, size, fetch);
}

type Fetch = (limit: number, token?: string) => Promise<PlacedPage>;

async function after(list: string, place: Place, size: number, fetch: Fetch): Promise<Page<UserRecord>> {
  const around = { hasPreviousPage: true };
  if (place.next !== undefined) return answer(list, size, [await fetch(Math.max(1, size), place.next)], around);
  const rest = cut(await fetch(place.limit, place.token), place.index + 1);
  const missing = size - rest.records.length;
  if (missing <= 0 || rest.nextToken === null) return answer(list, size, [rest], around);
  return answer(list, size, [rest, await fetch(missing, rest.nextToken)], around);
}

async function before(list: string, place: Place, size: number, fetch: Fetch): Promise<Page<UserRecord>> {
  if (place.previous !== undefined) return answerBackward(list, size, [await fetch(Math.max(1, size), place.previous)]);
  const rest = cut(await fetch(place.limit, place.token), 0, place.index);
  const missing = size - rest.records.length;
  if (missing <= 0 || rest.previousToken === null) return answerBackward(list, size, [rest]);
  return answerBackward(list, size, [await fetch(missing, rest.previousToken), rest]);
}

function answer(
  list: string,
  size: number,
  pages: readonly PlacedPage[],
  { hasPreviousPage }: { hasPreviousPage: boolean },
): Page<UserRecord> {
  const all = placedRecords(pages);
  const hasNextPage = all.length > size || pages.at(-1)?.nextToken !== null;
  return pageOfPlaced(list, all.slice(0, size), { hasNextPage, hasPreviousPage });
}

function answerBackward(list: string, size: number, pages: readonly PlacedPage[]): Page<UserRecord> {
  const all = placedRecords(pages);
  const hasPreviousPage = all.length > size || pages[0]?.previousToken !== null;
  return pageOfPlaced(list, all.slice(Math.max(0, all.length - size)), { hasNextPage: true, hasPreviousPage });
}

type PlacedRecord = readonly [record: UserRecord, place: Place | undefined];

function placedRecords(pages: readonly PlacedPage[]): PlacedRecord[] {
  return pages.flatMap(({ records, places }) => records.map((record, index): PlacedRecord => [record, places[index]]));
}

function pageOfPlaced(
  list: string,
  placedOnes: readonly PlacedRecord[],
  around: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): Page<UserRecord> {
  const cursorAt = (index: number): string => cursorOf(list, JSON.stringify(placedOnes[index]?.[1]));
  return pageOf(
    placedOnes.map(([record]) => record),
    cursorAt,
    around,
  );
}

async function placed(
  question: UserQuestion,
  limit: number,
  token: string | undefined,
  context: ResolverContext,
): Promise<PlacedPage> {
  const page = await context.services.users.search(context, { ...question, limit, token });
  const last = page.records.length - 1;
  const places = page.records.map((_, index) => ({
    token,
    limit,
    index,
    ...(index === last && page.nextToken !== null && { next: page.nextToken }),
    ...(index === 0 && page.previousToken !== null && { previous: page.previousToken }),
  }));
  return { ...page, places };
}

/** A part of a page. It goes on inside its own page, so a cut end has no token of its own. */
function cut({ records, places, nextToken, previousToken }: PlacedPage, from: number, to?: number): PlacedPage {
  return { records: records.slice(from, to), places: places.slice(from, to), nextToken, previousToken };
}

/** The checksum says that it is ours. */
function parsePlace(text: string): Place {
  return JSON.parse(text) as Place;
}
