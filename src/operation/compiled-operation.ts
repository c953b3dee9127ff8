import {
  type DocumentNode,
  type ExecutionResult,
  getVariableValues,
  GraphQLScalarType,
  GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { asGraphQLErrors } from './compiled-errors.ts';
import { expandFragments, shapeOf } from './compiled-shapes.ts';
import type { PreparedOperation } from './prepared.ts';

/**
 * Executes one operation: variables as they were sent, and the context that resolvers get. Gives undefined, before anything was
 * resolved, for variables that it cannot do justice to.
 */
export type CompiledOperation = (
  variables: Readonly<Record<string, unknown>> | undefined,
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult> | undefined;

/** As many as graphql-js reports. */
const maxVariableErrors = 50;

/** What graphql-js has coerced goes through compiled code as it is. */
const coercedValue = new GraphQLScalarType({ name: 'Facet_CoercedValue' });

/**
 * Compiles operations by graphql-jit, with what it is weak at left to graphql-js: variables are coerced there, with its rules and its
 * words, and operations of a shape that would not come out alike are not compiled. Gives undefined for those.
 */
export function createCompiler(schema: GraphQLSchema) {
  const config = schema.toConfig();
  const compilable = new GraphQLSchema({ ...config, types: [...config.types, coercedValue], assumeValid: true });

  return function compile({ document, operation, registered }: PreparedOperation): CompiledOperation | undefined {
    const expanded = expandFragments(document, operation);
    const { unsafe, neverNull } = shapeOf(schema, expanded, registered);
    if (unsafe !== undefined) return undefined;
    const compiled = compileQuery(compilable, withCoercedVariables(expanded), operation.name?.value, {
      disablingCapturingStackErrors: true,
    });
    if (!isCompiledQuery(compiled)) return undefined;
    const { query } = compiled;
    const definitions = operation.variableDefinitions ?? [];

    return function execute(variables, context) {
      let coerced: Record<string, unknown> | undefined;
      if (definitions.length > 0) {
        const values = getVariableValues(schema, definitions, variables ?? {}, {
          maxErrors: maxVariableErrors,
          hideSuggestions: true,
        });
        if (values.errors) return { errors: values.errors };
        coerced = values.coerced;
        for (const name of neverNull) if (coerced[name] === null) return undefined;
      }
      const result = query(undefined, context, coerced);
      return isPromise(result) ? result.then(asGraphQLErrors) : asGraphQLErrors(result);
    };
  };
}

/**
 * The operation with variables that are taken as they come. `Boolean` keeps its type: `@skip` and `@include` want to see it, and
 * taking it twice changes nothing.
 */
function withCoercedVariables(operation: OperationDefinitionNode): DocumentNode {
  const variableDefinitions = operation.variableDefinitions?.map((definition) =>
    isBoolean(definition.type)
      ? definition
      : {
          kind: definition.kind,
          variable: definition.variable,
          type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coercedValue.name } } as const,
        },
  );
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, ...(variableDefinitions && { variableDefinitions }) }],
  };
}

function isBoolean(type: TypeNode): boolean {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
  return inner.kind === Kind.NAMED_TYPE && inner.name.value === 'Boolean';
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}
