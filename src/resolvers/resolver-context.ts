import type { ResolverContextOf } from '../context/resolver-context.ts';
import type { Services } from '../upstream/services/index.ts';
import type { Loaders } from '../upstream/services/loaders.ts';

/** What resolvers get beside parent and arguments: the context with this product's loaders and services in it. */
export type ResolverContext = ResolverContextOf<Loaders, Services>;
