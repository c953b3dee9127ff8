import { type ExecutionResult, GraphQLError, type SourceLocation } from 'graphql';

/**
 * Errors of a compiled operation as graphql-js would report them: a `GraphQLError` with the cause as `originalError` and its
 * `extensions`, and for each place that became null one error that says why (GraphQL specification §6.4.4). graphql-jit reports every
 * field that fails below such a place, and last the one that may not be null and took its parents along: that is the reason.
 */
export function asGraphQLErrors({ data = null, errors }: ExecutionResult): ExecutionResult {
  if (!errors) return { data };
  const reasons = new Map<string, GraphQLError>();
  for (const error of errors) {
    const place = JSON.stringify(nullPlace(data, error.path ?? []));
    reasons.delete(place);
    reasons.set(place, error);
  }
  return { data, errors: [...reasons.values()].map(rebuilt) };
}

/** The part of a path down to where the answer is null. */
function nullPlace(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

function rebuilt({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  // A rule may have said already where it stands.
  if (originalError instanceof GraphQLError && originalError.path) return originalError;
  const cause = originalError instanceof Error ? originalError : new Error(message);
  const error = new GraphQLError(message, { path, originalError: cause });
  // The constructor takes syntax nodes only; compiled code has kept the places and not the nodes.
  return Object.defineProperty(error, 'locations', { value: locations && distinct(locations), enumerable: true });
}

/** A fragment that was spread twice into one selection stands in one place of the source. */
function distinct(locations: readonly SourceLocation[]): SourceLocation[] {
  return locations.filter(
    (one, index) => locations.findIndex((other) => other.line === one.line && other.column === one.column) === index,
  );
}
