import type { ResolverContextOf } from '../context/resolver-context.ts';

/** What resolvers get beside parent and arguments: the context with this product's loaders and services in it. */
export type ResolverContext = ResolverContextOf<unknown, unknown>;
