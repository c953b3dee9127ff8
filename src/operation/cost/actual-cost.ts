/**
 * Cost units of what was really returned: one for each object, at least the operation's base. A walk over the finished result,
 * whose depth the document's limits bound.
 */
export function actualCost(data: unknown, base: number): number {
  // The outermost object is the answer itself.
  return Math.max(base, countObjects(data) - 1, 0);
}

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
