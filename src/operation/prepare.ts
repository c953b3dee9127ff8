import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { OperationLimits } from '../context/profile.ts';
import type { Decoded } from '../context/request-context.ts';
import type { UpstreamUses } from '../context/upstream-use.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { cachePolicyOf, readCacheHints } from './cache-policy.ts';
import { compileCost } from './cost/cost-plan.ts';
import { readFieldCosts } from './cost/field-costs.ts';
import { worstCaseCalls } from './fan-out.ts';
import { collectGuards } from './guards.ts';
import { createParser } from './parse-document.ts';
import type { PermissionMap } from './permissions.ts';
import type { FindDocument, WantedDocument } from './persisted.ts';
import { pickOperation } from './pick-operation.ts';
import { plannedWaves } from './planned-waves.ts';
import type { PreparedOperation } from './prepared.ts';
import { rootFieldsOf } from './root-fields.ts';
import { selectedFields } from './selected-fields.ts';
import { selectionTree } from './selection-tree.ts';

export interface PrepareOptions {
  readonly schema: GraphQLSchema;
  readonly permissions: PermissionMap;
  readonly limits: OperationLimits;
  /** What resolvers call, for the bound on upstream calls. */
  readonly uses: UpstreamUses;
  readonly findDocument: FindDocument;
  /** In production there is no introspection, and messages suggest nothing. */
  readonly isProduction: boolean;
  /** Unregistered documents kept, least recently used first out. */
  readonly maxDocuments: number;
}

/** Stage 9: turns parameters into a prepared operation, by look-up when the document was seen before. */
export interface Prepare {
  (request: Pick<Decoded, 'params' | 'client' | 'log'>): PreparedOperation;
  /** The most calls to services that one request may start. */
  readonly maxUpstreamCalls: number;
  /** A prepared document by the SHA-256 of its text. */
  documentOf(digest: string): DocumentNode | undefined;
}

/** A validated document and the plans of those of its operations that were asked for. */
interface PreparedDocument {
  readonly document: DocumentNode;
  readonly tokens: number;
  /** By the operation's name as the request gave it; empty when it gave none. */
  readonly operations: Map<string, PreparedOperation>;
}

/** Tokens of all unregistered documents kept: a token of a document takes some 300 bytes. */
const maxKeptTokens = 250_000;

export function createPrepare(options: PrepareOptions): Prepare {
  const { schema, limits, findDocument } = options;
  const parseDocument = createParser(schema, limits, options.isProduction);
  const plan = createPlanner(options);
  // Two stores, both by full digest: whatever strangers send, a registered operation is never pushed out.
  const registered = new Map<string, PreparedDocument>();
  const others = new LRUCache<string, PreparedDocument>({
    max: options.maxDocuments,
    maxSize: maxKeptTokens,
    sizeCalculation: ({ tokens }) => Math.max(tokens, 1),
  });

  const prepare = (request: Pick<Decoded, 'params' | 'client' | 'log'>): PreparedOperation => {
    const wanted = findDocument(request);
    const store = wanted.registered ? registered : others;
    let known = store.get(wanted.digest);
    if (!known) store.set(wanted.digest, (known = { ...parseDocument(wanted.text), operations: new Map() }));
    const { operationName } = request.params;
    let prepared = known.operations.get(operationName ?? '');
    if (!prepared) known.operations.set(operationName ?? '', (prepared = plan(wanted, known.document, operationName)));
    return prepared;
  };
  return Object.assign(prepare, {
    maxUpstreamCalls: limits.maxUpstreamCalls,
    documentOf: (digest: string) => (registered.get(digest) ?? others.get(digest))?.document,
  });
}

function createPlanner({ schema, permissions, limits, uses }: PrepareOptions) {
  const costs = readFieldCosts(schema);
  const hints = readCacheHints(schema);
  const { maxListSize } = limits;

  return function plan(
    { digest, text, registered }: WantedDocument,
    document: DocumentNode,
    operationName: string | undefined,
  ): PreparedOperation {
    const operation = pickOperation(document, operationName);
    const kind = operation.operation as 'query' | 'mutation';
    const tree = selectionTree(schema, document, operation);
    const upstreamCalls = worstCaseCalls(tree, operation, { uses, costs, maxListSize });
    if (upstreamCalls > limits.maxUpstreamCalls)
      throw new GatewayError('FAN_OUT_EXCEEDED', {
        details: { calls: upstreamCalls, maximum: limits.maxUpstreamCalls },
      });
    return Object.freeze({
      documentId: `sha256:${digest}`,
      source: text,
      document,
      operation,
      name: operation.name?.value ?? 'anonymous',
      kind,
      registered,
      rootFields: rootFieldsOf(document, operation),
      fields: selectedFields(schema, document, operation),
      guards: collectGuards(schema, document, operation, permissions),
      cost: compileCost(tree, operation, { costs, maxListSize }),
      upstreamCalls,
      waves: plannedWaves(tree, kind, uses),
      cachePolicy: cachePolicyOf(tree, kind, hints),
    });
  };
}
