import type { UpstreamUses } from '../context/upstream-use.ts';
import type { SelectedField } from './selection-tree.ts';

/**
 * How many waves of calls an operation may take, one after the other: its longest chain of fields that call services, each inside the
 * last. Root fields of a mutation run one after the other, and the calls of such a field do too (read, write, read again).
 */
export function plannedWaves(tree: readonly SelectedField[], kind: 'query' | 'mutation', uses: UpstreamUses): number {
  const callsOf = ({ coordinate }: SelectedField): number => uses[coordinate]?.length ?? 0;
  const longestOf = (fields: readonly SelectedField[]): number =>
    fields.reduce((longest, field) => Math.max(longest, Math.min(1, callsOf(field)) + longestOf(field.children)), 0);
  if (kind === 'query') return longestOf(tree);
  return tree.reduce((sum, field) => sum + callsOf(field) + longestOf(field.children), 0);
}
