import { execute as executeGraphQL, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { PreparedOperation } from './prepared.ts';

/** Runs a prepared operation. The document was validated when it was prepared; variables are coerced here (GraphQL §6.1.2). */
export function execute(
  schema: GraphQLSchema,
  prepared: PreparedOperation,
  variables: Readonly<Record<string, unknown>> | undefined,
  context: unknown,
): ExecutionResult | Promise<ExecutionResult> {
  return executeGraphQL({
    schema,
    document: prepared.document,
    operationName: prepared.operation.name?.value,
    variableValues: variables,
    contextValue: context,
    hideSuggestions: true, // what a variable's value might have been is for those who have the schema
  }) as ExecutionResult | Promise<ExecutionResult>;
}
