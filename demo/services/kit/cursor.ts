import { createHash } from 'node:crypto';
import { Problem } from './problem.ts';

/**
 * Opaque cursors: base64url JSON of the values that place an item, bound by a digest to what they were issued for
 * (the filters, the sort), so that a cursor from another list is refused instead of misread.
 */
export function encodeCursor(boundTo: string, values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([bindingOf(boundTo), ...values])).toString('base64url');
}

export function decodeCursor(boundTo: string, cursor: string, name: string): (string | number)[] {
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    decoded = undefined;
  }
  const isOurs = Array.isArray(decoded) && decoded.every((value) => ['string', 'number'].includes(typeof value));
  if (isOurs && (decoded as unknown[])[0] === bindingOf(boundTo)) return (decoded as (string | number)[]).slice(1);
  throw new Problem(400, 'invalid_cursor', 'The cursor is not one of this list.', {
    errors: [
      { parameter: name, code: 'invalid_cursor', detail: 'Use a cursor of an earlier answer to the same question.' },
    ],
  });
}

function bindingOf(boundTo: string): string {
  return createHash('sha256').update(boundTo).digest('base64url').slice(0, 10);
}
