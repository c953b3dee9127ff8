import { type ExecutionResult, execute as executeGraphQL, type GraphQLSchema, isAbstractType } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, createCompiler } from './compiled-operation.ts';
import { createWatchedResolver } from './compiled-watch.ts';
import type { PreparedOperation } from './prepared.ts';

/** Runs a prepared operation. The document was validated when it was prepared; variables are coerced here (GraphQL §6.1.2). */
export type Execute = (
  prepared: PreparedOperation,
  variables: Readonly<Record<string, unknown>> | undefined,
  context: unknown,
) => ExecutionResult | Promise<ExecutionResult>;

export interface CompilingOptions {
  /** Runs by graphql-js before an operation is compiled: what is asked once is not worth a compilation. */
  readonly runsBeforeCompiling: number;
  /** Compiled operations kept: some 50 kB each. Half as many unregistered ones, so that they push no registered one out. */
  readonly maxCompiled: number;
}

const defaults: CompilingOptions = { runsBeforeCompiling: 2, maxCompiled: 500 };

/** What is known of one operation's execution. */
interface Execution {
  runs: number;
  /** null: not to be compiled. */
  compiled: CompiledOperation | null | undefined;
}

/**
 * The executor: graphql-js at first, compiled by graphql-jit once an operation is hot, for as long as it stays among those used last.
 * Both answer alike (`test/conformance/executors.test.ts`).
 */
export function createExecutor(
  schema: GraphQLSchema,
  { runsBeforeCompiling, maxCompiled }: CompilingOptions = defaults,
): Execute {
  resolveTypesByName(schema);
  const compile = createCompiler(schema);
  const watched = createWatchedResolver();
  const registered = new LRUCache<PreparedOperation, Execution>({ max: maxCompiled });
  const others = new LRUCache<PreparedOperation, Execution>({ max: Math.ceil(maxCompiled / 2) });

  return function execute(prepared, variables, context) {
    const known = prepared.registered ? registered : others;
    let execution = known.get(prepared);
    if (!execution) known.set(prepared, (execution = { runs: 0, compiled: undefined }));
    if (execution.compiled === undefined && execution.runs >= runsBeforeCompiling)
      execution.compiled = watched.foundIn(prepared.fields) ? null : (compile(prepared) ?? null);
    const result = execution.compiled?.(variables, context);
    if (result) return result;
    execution.runs++;
    return executeGraphQL({
      schema,
      document: prepared.document,
      operationName: prepared.operation.name?.value,
      variableValues: variables,
      contextValue: context,
      fieldResolver: watched.resolve,
      hideSuggestions: true, // what a variable's value might have been is for those who have the schema
    }) as ExecutionResult | Promise<ExecutionResult>;
  };
}

/** Members of interfaces and unions carry `__typename`. Said here once, since compiled code cannot bear a type resolver that throws. */
function resolveTypesByName(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()))
    if (isAbstractType(type)) type.resolveType ??= (value) => (value as { __typename?: string } | null)?.__typename;
}
