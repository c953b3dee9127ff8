import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, parse, validate, visit } from 'graphql';
import type { RegisteredOperation } from './registered-operation.ts';

/** An operation of a released app that is known to break, who accepted it and until when. Kept in `schema/operations/exceptions.json`. */
export interface RegistryException {
  readonly client: string;
  readonly version: string;
  readonly operation: string;
  readonly reason: string;
  /** Last day that it counts, `YYYY-MM-DD` in UTC. */
  readonly until: string;
}

/** One way in which a released operation and the current schema don't fit. */
export interface RegistryProblem {
  readonly client: string;
  readonly version: string;
  readonly operation: string;
  readonly file: string;
  /** Names of the fields from the root down, with dots; `$name` for a variable; empty for the operation as a whole. */
  readonly field: string;
  readonly message: string;
}

/**
 * Every registered operation against the schema of its client. An exception silences its operation until its day has passed; one that is past,
 * malformed or not needed is itself a problem, so that the list can't rot.
 */
export function checkRegistry(
  schemas: ReadonlyMap<string, GraphQLSchema>,
  operations: readonly RegisteredOperation[],
  exceptions: readonly RegistryException[],
  now: Date,
): RegistryProblem[] {
  const today = now.toISOString().slice(0, 10);
  const needed = new Set<RegistryException>();
  const problems = operations.flatMap((operation) => {
    const found = [
      ...duplicateName(operation, operations),
      ...checkOperation(schemas.get(operation.client), operation),
    ];
    const exception = exceptions.find(
      (one) => one.client === operation.client && one.version === operation.version && one.operation === operation.name,
    );
    if (!exception || found.length === 0) return found;
    needed.add(exception);
    return exception.until >= today ? [] : found;
  });
  return [...problems, ...exceptions.flatMap((exception) => checkException(exception, today, needed.has(exception)))];
}

/** The problem as one line for people: app, version, operation, field, and what is wrong. */
export function describeProblem({ client, version, operation, file, field, message }: RegistryProblem): string {
  return `${client} ${version} ${operation}${field ? ` ${field}` : ''}: ${message} (${file})`;
}

function checkOperation(schema: GraphQLSchema | undefined, operation: RegisteredOperation): RegistryProblem[] {
  const { client, version, file, name } = operation;
  const problem = (field: string, message: string): RegistryProblem => ({
    client,
    version,
    operation: name,
    file,
    field,
    message,
  });
  if (!schema) return [problem('', `there is no schema for ${client}`)];
  const document = parse(operation.text);
  return validate(schema, document).map((error) => {
    const node = error.nodes?.[0];
    return problem(node ? fieldPathOf(document, node) : '', error.message);
  });
}

function duplicateName(operation: RegisteredOperation, all: readonly RegisteredOperation[]): RegistryProblem[] {
  const { client, version, file, name } = operation;
  const first = all.find((one) => one.client === client && one.version === version && one.name === name);
  if (!first || first === operation) return [];
  return [{ client, version, operation: name, file, field: '', message: `the name is taken by ${first.file}` }];
}

function checkException(exception: RegistryException, today: string, needed: boolean): RegistryProblem[] {
  const { client, version, operation, until, reason } = exception;
  const problem = (message: string): RegistryProblem[] => [
    { client, version, operation, file: 'schema/operations/exceptions.json', field: '', message },
  ];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) return problem(`the exception's last day "${until}" is not YYYY-MM-DD`);
  if (!reason) return problem('the exception gives no reason');
  if (until < today) return problem(`the exception ended on ${until}`);
  return needed ? [] : problem('the exception is not needed: the operation is valid or gone');
}

/** Where in the operation a node stands: the response's path without list positions. */
function fieldPathOf(document: DocumentNode, target: ASTNode): string {
  let path: string | undefined;
  visit(document, {
    enter(node, _key, _parent, _path, ancestors) {
      if (path !== undefined || node !== target) return;
      const trail = [...ancestors.flatMap((one) => ('kind' in one ? [one] : [])), node];
      const variable = trail.find((one) => one.kind === Kind.VARIABLE_DEFINITION);
      const names = trail.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
      const fragment = trail.find((one) => one.kind === Kind.FRAGMENT_DEFINITION);
      path = variable
        ? `$${variable.variable.name.value}`
        : [...(fragment ? [`...${fragment.name.value}`] : []), ...names].join('.');
    },
  });
  return path ?? '';
}
