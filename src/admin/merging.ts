/** What several processes say of one thing: never empty. */
type Several<T> = readonly [T, ...T[]];

/** In the order of their first appearance. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Several<T>[] {
  return [...Map.groupBy(all, keyOf).values()] as unknown as Several<T>[];
}

export function sumOf<K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number {
  return all.reduce((sum, one) => sum + one[key], 0);
}

/** Counts by name, added up name by name. */
export function summed(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const counts of all) for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
