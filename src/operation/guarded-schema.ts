import { createRequire } from 'node:module';
import type { applyMiddleware as ApplyMiddleware, IMiddlewareTypeMap } from 'graphql-middleware';
import type { IRules, rule as Rule, shield as Shield } from 'graphql-shield';
import { GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import type { CallContext } from '../context/call-context.ts';
import type { Gate } from '../context/report-only.ts';
import { type Permission, type PermissionMap, permissionRefusal } from './permissions.ts';

// graphql-shield's ESM entry imports names that Node 23 removed (its issue #1561), and graphql-middleware must come from the same
// module system, or each has its own `instanceof`: docs/decisions/0004.
const require = createRequire(import.meta.url);
const { rule, shield } = require('graphql-shield') as { rule: typeof Rule; shield: typeof Shield };
const { applyMiddleware } = require('graphql-middleware') as { applyMiddleware: typeof ApplyMiddleware };

type ShieldRule = ReturnType<ReturnType<typeof Rule>>;

/**
 * The schema with graphql-shield in front of exactly the fields that have a permission. Shield on its own wraps every field
 * with an async function, which costs two to eleven times the execution; fields without a rule are taken out before it is applied,
 * so they cost nothing. Deny by default is then ours to hold: a root field without a permission is a start-up error.
 */
export function guardSchema(schema: GraphQLSchema, permissions: PermissionMap, gate: Gate): GraphQLSchema {
  const problems = permissionProblems(schema, permissions);
  if (problems.length > 0) throw new Error(`The permissions do not fit the schema: ${problems.join('; ')}.`);
  const rules = toShieldRules(permissions, gate);
  const generated = shield(rules, { allowExternalErrors: true }).generate(schema) as IMiddlewareTypeMap;
  const pruned = mapFields(permissions, (type, field) => (generated[type] as Record<string, unknown>)[field]);
  return applyMiddleware(schema, pruned as IMiddlewareTypeMap);
}

/** Root fields without a permission, and permissions for what does not exist; empty when the two fit. */
export function permissionProblems(schema: GraphQLSchema, permissions: PermissionMap): string[] {
  const unlisted = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.keys(root?.getFields() ?? {})
      .filter((field) => root && !permissions[root.name]?.[field])
      .map((field) => `${root?.name}.${field} has no permission`),
  );
  const unknown = Object.entries(permissions).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return [`${typeName} is not an object type`];
    return Object.keys(fields)
      .filter((field) => !type.getFields()[field])
      .map((field) => `${typeName}.${field} does not exist`);
  });
  return [...unlisted, ...unknown];
}

function toShieldRules(permissions: PermissionMap, gate: Gate): IRules {
  // One rule a name: shield refuses two rules that share one.
  const rules = new Map<string, ShieldRule>();
  const ruleOf = (permission: Permission): ShieldRule => {
    const known = rules.get(permission.name) ?? shieldRule(permission, gate);
    rules.set(permission.name, known);
    return known;
  };
  return mapFields(permissions, (_type, _field, permission) => ruleOf(permission)) as IRules;
}

function shieldRule(permission: Permission, gate: Gate): ShieldRule {
  return rule(permission.name, { cache: 'contextual' })((_parent: unknown, _args: unknown, context: unknown) => {
    const { principal } = context as CallContext;
    // In report mode the authorize stage has told of it.
    if (permission.allows(principal) || !gate.enforces()) return true;
    // Shield turns what a rule throws into a plain `false`; what it returns is shown as it is.
    const refusal = permissionRefusal(permission, principal);
    return new GraphQLError(refusal.publicMessage, { originalError: refusal });
  });
}

function mapFields<T>(
  permissions: PermissionMap,
  to: (type: string, field: string, permission: Permission) => T,
): Record<string, Record<string, T>> {
  return Object.fromEntries(
    Object.entries(permissions).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([field, permission]) => [field, to(type, field, permission)])),
    ]),
  );
}
