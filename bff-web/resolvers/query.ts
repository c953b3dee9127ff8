import type { QueryResolvers } from '../generated/resolvers.ts';
import { loadNode, loadOrderById } from './node.ts';
import { viewerOf } from './person.ts';

export const query: QueryResolvers = {
  viewer: (_root, _args, context) => viewerOf(context),
  node: (_root, { id }, context, info) => loadNode(id, info, context),
  order: (_root, { id }, context, info) => loadOrderById(id, info, context),
  /** A root of its own: its fields do the work, its permission is asked before any of them. */
  support: () => ({}),
};
