import { badInput } from '../../src/resolvers/bad-input.ts';

const maxEdge = 2_048;

/** The `size` argument of pictures, in CSS pixels. */
export function imageEdge(size: number | null | undefined, otherwise: number): number {
  const edge = size ?? otherwise;
  if (edge < 1 || edge > maxEdge) throw badInput(`size must be from 1 to ${maxEdge}.`);
  return edge;
}
