/**
 * Cost units of what was really returned: one for each object within the answer, which is itself none. A walk over the finished result,
 * whose depth the document's limits bound.
 */
export function countObjects(data: object | null | undefined): number {
  return data ? objectsIn(data) - 1 : 0;
}

function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += objectsIn(item);
    return count;
  }
  for (const key in value) count += objectsIn((value as Record<string, unknown>)[key]);
  return count + 1;
}
