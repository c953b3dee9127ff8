import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { type GraphQLSchema, isEnumType, isUnionType, parse, validate } from 'graphql';
import type { ClientRules } from '../src/operation/contract/client-schema.ts';
import { parseDeprecation } from '../src/operation/contract/deprecation.ts';
import { ownTypes, places } from '../src/operation/contract/schema-walk.ts';
import { usedCoordinates } from '../src/operation/registry/operation-usage.ts';
import type { RegisteredOperation } from '../src/operation/registry/registered-operation.ts';

/** A difference between two versions of a client's schema that somebody may feel. */
export interface SchemaChange {
  /** Coordinate of what changed. */
  readonly path: string;
  readonly message: string;
  /** `blocking`: a released app breaks, or was promised more time. `accepted`: breaking, but no released app uses it. `warning`: apps must be ready for it. */
  readonly verdict: 'blocking' | 'accepted' | 'warning';
  /** Why it blocks: the apps that use it (`client version operation`), or the promise. */
  readonly because: readonly string[];
}

/** Compares two schemas of one client in the eyes of its released operations. */
export async function schemaChanges(
  before: GraphQLSchema,
  after: GraphQLSchema,
  operations: readonly RegisteredOperation[],
  rules: Pick<ClientRules, 'abstractOutputs'>,
  now: Date,
): Promise<SchemaChange[]> {
  const users = usersOf(before, operations);
  const known = new Set([
    ...ownTypes(before).map(({ name }) => name),
    ...[...places(before)].map((one) => one.coordinate),
  ]);
  const promised = new Map([...places(before)].map((one) => [one.coordinate, one.deprecationReason]));
  const changes = (await diff(before, after)).filter(({ path }) => path !== undefined && !path.includes('@'));
  return changes.flatMap((change): SchemaChange[] => {
    const { path = '', message } = change;
    const breaking = change.criticality.level === CriticalityLevel.Breaking || breaksOldBuilds(change, before, rules);
    if (!breaking) {
      const warn = change.criticality.level === CriticalityLevel.Dangerous && !change.type.startsWith('DIRECTIVE_');
      return warn ? [{ path, message, verdict: 'warning', because: [] }] : [];
    }
    // What is new and required breaks whoever uses the thing it was added to.
    const felt = known.has(path) ? path : path.split('.').slice(0, -1).join('.');
    const because = [...(users.get(felt) ?? []), ...brokenPromise(promised.get(path), change, now)];
    return [{ path, message, verdict: because.length > 0 ? 'blocking' : 'accepted', because }];
  });
}

/** Each coordinate → the released operations that lean on it. An operation that never fitted the old schema says nothing about it. */
function usersOf(before: GraphQLSchema, operations: readonly RegisteredOperation[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { client, version, name, text } of operations) {
    const document = parse(text);
    if (validate(before, document).length > 0) continue;
    for (const coordinate of usedCoordinates(before, document)) {
      users.set(coordinate, [...(users.get(coordinate) ?? []), `${client} ${version} ${name}`]);
    }
  }
  return users;
}

/** A new member where old builds were promised that none would come: a `@closed` enum, or a result of a client with closed outputs. */
function breaksOldBuilds(change: Change, before: GraphQLSchema, rules: Pick<ClientRules, 'abstractOutputs'>): boolean {
  const type = before.getType(change.path?.split('.')[0] ?? '');
  if (change.type === ChangeType.EnumValueAdded && isEnumType(type)) {
    return type.astNode?.directives?.some(({ name }) => name.value === 'closed') ?? false;
  }
  return change.type === ChangeType.UnionMemberAdded && isUnionType(type) && rules.abstractOutputs !== 'any';
}

/** A deprecated part stays until its month has passed, whether a registered operation uses it or not. */
function brokenPromise(reason: string | null | undefined, change: Change, now: Date): string[] {
  const removed = change.type === ChangeType.FieldRemoved || change.type === ChangeType.InputFieldRemoved;
  const promise = typeof reason === 'string' && removed ? parseDeprecation(reason) : undefined;
  const month = now.toISOString().slice(0, 7);
  return promise && promise.removeAfter >= month ? [`its deprecation promises it until ${promise.removeAfter}`] : [];
}
