import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { sha256Hex } from '../lib/digest.ts';

export interface LoadedSchema {
  readonly schema: GraphQLSchema;
  /** SHA-256 of the SDL: part of every key that depends on what the schema means. */
  readonly hash: string;
}

export type ResolverMap = Readonly<Record<string, unknown>>;

/** Joins the SDL files of the folders with the resolvers. A resolver for a field that the SDL does not have is a start-up error. */
export function loadSchema(root: string, folders: readonly string[], resolvers: ResolverMap): LoadedSchema {
  const files = folders.flatMap((folder) => globSync(join(root, folder, '**/*.graphql')).toSorted());
  if (files.length === 0) throw new Error(`No SDL was found in ${folders.join(', ')} below ${root}.`);
  const typeDefs = files.map((file) => readFileSync(file, 'utf8'));
  const schema = makeExecutableSchema({
    typeDefs,
    resolvers: resolvers as never,
    // Members of interfaces and unions carry `__typename`, so no abstract type needs a resolver of its own.
    resolverValidationOptions: { requireResolversToMatchSchema: 'error', requireResolversForResolveType: 'ignore' },
  });
  return { schema, hash: sha256Hex(typeDefs.join('\n')) };
}
