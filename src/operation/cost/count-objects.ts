/**
 * Cost units of what was really returned: one for each object within the answer, which is itself none. A walk over the finished result,
 * whose depth the document's limits bound.
 */
export function countObjects(data: object | null | undefined): number {
  return data ? objectsIn(data) - 1 : 0;
}

function objectsIn(value: object): number {
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null) count += objectsIn(item as object);
    return count;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object' && member !== null) count += objectsIn(member);
  }
  return count + 1;
}
