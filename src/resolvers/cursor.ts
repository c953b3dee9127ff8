import { sha256Hex } from '../lib/digest.ts';
import { badInput } from './bad-input.ts';

const checksumLength = 12;
const maxCursorLength = 2_048;

/**
 * A place in a list as clients get it: opaque, and bound to the list it came from (which records, filter and sort), so that a cursor of
 * another list is refused and never misread. It grants nothing, so a checksum is enough.
 */
export function cursorOf(list: string, place: string): string {
  return Buffer.from(checksum(list, place) + place).toString('base64url');
}

/** The place that a cursor of this list names. */
export function placeOf(list: string, cursor: string): string {
  if (cursor.length <= maxCursorLength) {
    const text = Buffer.from(cursor, 'base64url').toString();
    const place = text.slice(checksumLength);
    if (text.slice(0, checksumLength) === checksum(list, place)) return place;
  }
  throw badInput('The cursor is not one of this list, with this filter and sort order.');
}

function checksum(list: string, place: string): string {
  return sha256Hex(`${list}\n${place}`).slice(0, checksumLength);
}
