import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { CachePolicy } from './cache-policy.ts';
import type { CostPlan } from './cost/cost-plan.ts';
import type { Permission } from './permissions.ts';

/**
 * Everything static about one operation of one document: worked out once, then looked up. Nothing in here depends on a request.
 */
export interface PreparedOperation {
  /** `sha256:<hex>` of the document's text. */
  readonly documentId: string;
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The operation's name, or `anonymous`. For logs; a metric label only when it is registered. */
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  /** Is it one of the client's registered operations? */
  readonly registered: boolean;
  /** Names of the root fields, aliases resolved, fragments expanded. */
  readonly rootFields: readonly string[];
  /** Coordinates of every selected field, sorted: what the audit trail says was asked for. */
  readonly fields: readonly string[];
  /** Permissions of the guarded fields that the operation reaches whatever its variables say. */
  readonly guards: readonly Guard[];
  /** Cost units, by a request's variables. */
  readonly cost: CostPlan;
  /** The most calls to services that it can start. */
  readonly upstreamCalls: number;
  /** The most waves of calls that follow one another; splits the deadline. */
  readonly waves: number;
  /** How long its answer may be kept, at most. */
  readonly cachePolicy: CachePolicy;
}

export interface Guard {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly permission: Permission;
}
