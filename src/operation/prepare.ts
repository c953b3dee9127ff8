import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { OperationLimits } from '../context/profile.ts';
import type { GraphQLParams } from '../context/request-context.ts';
import { type ErrorIssue, GatewayError } from '../errors/gateway-error.ts';
import { sha256Hex } from '../lib/digest.ts';
import { collectGuards } from './guards.ts';
import type { PermissionMap } from './permissions.ts';
import type { PreparedOperation } from './prepared.ts';
import { selectedFields } from './selected-fields.ts';

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly permissions: PermissionMap;
  readonly limits: OperationLimits;
  /** Rules beside the specification's, such as the refusal of introspection. */
  readonly rules: readonly ValidationRule[];
  /** Prepared operations kept, least recently used first out. */
  readonly maxEntries: number;
}

/** Stage 9: turns parameters into a prepared operation, by look-up when the document was seen before. */
export interface Prepare {
  (params: GraphQLParams): PreparedOperation;
  /** A prepared document by the SHA-256 of its text. */
  documentOf(digest: string): DocumentNode | undefined;
}

export function createPrepare(options: PrepareOptions): Prepare {
  const store = new LRUCache<string, PreparedOperation>({ max: options.maxEntries });
  const documents = new LRUCache<string, DocumentNode>({ max: options.maxEntries });
  const prepare = (params: GraphQLParams): PreparedOperation => {
    if (params.query === undefined)
      throw new GatewayError('BAD_REQUEST', { publicMessage: 'The parameter query is missing.' });
    const digest = sha256Hex(params.query);
    // The name is part of the key: one document may hold several operations.
    const key = `${digest} ${params.operationName ?? ''}`;
    let prepared = store.get(key);
    if (!prepared) {
      prepared = prepareOperation(params.query, digest, params.operationName, options);
      store.set(key, prepared);
      documents.set(digest, prepared.document);
    }
    return prepared;
  };
  return Object.assign(prepare, { documentOf: (digest: string) => documents.get(digest) });
}

function prepareOperation(
  source: string,
  digest: string,
  operationName: string | undefined,
  { schema, permissions, limits, rules }: PrepareOptions,
): PreparedOperation {
  const document = parseDocument(source, limits.maxTokens);
  const errors = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: 20, hideSuggestions: true });
  if (errors.length > 0) throw new GatewayError('GRAPHQL_VALIDATION_FAILED', { issues: errors.map(toIssue) });
  const operation = pickOperation(document, operationName);
  return Object.freeze({
    documentId: `sha256:${digest}`,
    source,
    document,
    operation,
    name: operation.name?.value ?? 'anonymous',
    kind: operation.operation as 'query' | 'mutation',
    registered: false,
    rootFields: rootFieldsOf(document, operation),
    fields: selectedFields(schema, document, operation),
    guards: collectGuards(schema, document, operation, permissions),
  });
}

function parseDocument(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    throw new GatewayError('GRAPHQL_PARSE_FAILED', { issues: [toIssue(error as GraphQLError)] });
  }
}

/** GraphQL specification §6.1, GetOperation. */
function pickOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const found = name === undefined ? operations : operations.filter((node) => node.name?.value === name);
  const [operation, second] = found;
  if (!operation || second) {
    const publicMessage = operation ? 'Name the operation to run.' : 'The document has no such operation.';
    throw new GatewayError('OPERATION_RESOLUTION_FAILURE', { publicMessage });
  }
  if (operation.operation === 'subscription')
    throw new GatewayError('OPERATION_RESOLUTION_FAILURE', { publicMessage: 'Subscriptions are not served.' });
  return operation;
}

function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const fields = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else
        for (const node of document.definitions)
          if (node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value)
            visit(node.selectionSet);
    }
  };
  visit(operation.selectionSet);
  return [...fields];
}

function toIssue(error: GraphQLError): ErrorIssue {
  return { message: error.message, ...(error.locations && { locations: error.locations }) };
}
