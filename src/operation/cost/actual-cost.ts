/**
 * Cost units of what was really returned: one for each object, at least the operation's base. A walk over the finished result,
 * whose depth the document's limits bound.
 */
export function actualCost(data: object | null | undefined, base: number): number {
  if (!data) return base;
  let count = counts.get(data);
  // The outermost object is the answer itself.
  if (count === undefined) counts.set(data, (count = countObjects(data) - 1));
  return Math.max(base, count);
}

/** An answer that is given to many requests is counted once. */
const counts = new WeakMap<object, number>();

function countObjects(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countObjects(item);
    return count;
  }
  for (const key in value) count += countObjects((value as Record<string, unknown>)[key]);
  return count + 1;
}
