import { GraphQLError, type ValidationContext, type ASTVisitor } from 'graphql';

/**
 * No introspection
 *
 * A document that asks for the schema itself (`__schema`, `__type`) is not valid where introspection is off. `__typename` is not
 * introspection in this sense: clients need it to tell the members of a union apart.
 *
 * See https://spec.graphql.org/September2025/#sec-Schema-Introspection
 */
export function NoIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const name = node.name.value;
      if (name === '__schema' || name === '__type')
        context.reportError(new GraphQLError(`Introspection is off: "${name}" cannot be asked for.`, { nodes: node }));
    },
  };
}
