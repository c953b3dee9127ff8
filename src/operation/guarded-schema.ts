import { createRequire } from 'node:module';
import type { shield as Shield } from 'graphql-shield';
import type { applyMiddleware as ApplyMiddleware, IMiddlewareTypeMap } from 'graphql-middleware';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { type PermissionMap, toShieldTree } from './permissions.ts';

// Both must come from the same module system, or each has its own `instanceof` (docs/decisions/0004).
const require = createRequire(import.meta.url);
const { shield } = require('graphql-shield') as { shield: typeof Shield };
const { applyMiddleware } = require('graphql-middleware') as { applyMiddleware: typeof ApplyMiddleware };

/**
 * The schema with graphql-shield in front of exactly the fields that have a permission. Shield on its own wraps every field
 * with an async function, which costs two to eleven times the execution; fields without a rule are taken out before it is applied,
 * so they cost nothing. Deny by default is then ours to hold: a root field without a permission is a start-up error.
 */
export function guardSchema(schema: GraphQLSchema, permissions: PermissionMap): GraphQLSchema {
  const problems = [...unlistedRootFields(schema, permissions), ...unknownFields(schema, permissions)];
  if (problems.length > 0) throw new Error(`The permissions do not fit the schema: ${problems.join('; ')}.`);
  const generated = shield(toShieldTree(permissions), { allowExternalErrors: true }).generate(
    schema,
  ) as IMiddlewareTypeMap;
  const pruned = Object.fromEntries(
    Object.entries(permissions).map(([type, fields]) => {
      const all = generated[type] as Record<string, never>;
      return [type, Object.fromEntries(Object.keys(fields).map((field) => [field, all[field]]))];
    }),
  ) as IMiddlewareTypeMap;
  return applyMiddleware(schema, pruned);
}

function unlistedRootFields(schema: GraphQLSchema, permissions: PermissionMap): string[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    root
      ? Object.keys(root.getFields())
          .filter((field) => !permissions[root.name]?.[field])
          .map((field) => `${root.name}.${field} has no permission`)
      : [],
  );
}

function unknownFields(schema: GraphQLSchema, permissions: PermissionMap): string[] {
  return Object.entries(permissions).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return [`${typeName} is not an object type`];
    const known = type.getFields();
    return Object.keys(fields)
      .filter((field) => !known[field])
      .map((field) => `${typeName}.${field} does not exist`);
  });
}
