import type { Resolvers } from '../generated/resolvers.ts';
import { query } from './query.ts';

/** The resolvers of what only this client's schema has. */
export const resolvers: Resolvers = { Query: query };
