import type { CallContext } from '../../context/call-context.ts';
import type { UserRecord } from '../../domain/records.ts';
import type { UserStatus } from '../../domain/states.ts';
import { routes as contract, type User, type UserPage, type UserPatch } from '../../generated/user-service.ts';
import type { CallOptions } from '../call.ts';
import type { Upstream } from '../create-upstream.ts';
import { contractRoute } from '../openapi-client.ts';
import { userRecord } from './records/user-record.ts';
import { visible, visibleOnly } from './visible.ts';

export interface UserBatch {
  /** At most 100, without duplicates. */
  readonly ids: readonly string[];
  readonly addresses: boolean;
}

export interface UserSearch {
  readonly query?: string | undefined;
  readonly status?: readonly UserStatus[] | undefined;
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
  /** The service's page token; absent for the first page. */
  readonly token?: string | undefined;
  readonly limit: number;
}

/** The service pages by token: a place in the list is a token and an index in its page. */
export interface UserSearchPage {
  readonly records: readonly UserRecord[];
  readonly nextToken: string | null;
  readonly previousToken: string | null;
}

const ownerOf = ({ id }: UserRecord): string => id;
const tagOf = (id: string): string => `user:${id}`;
/** With addresses it is another record for the cache. */
const keyOf = (id: string, addresses: boolean): string => (addresses ? `${id}+addresses` : id);
const idOf = (key: string): string => key.replace('+addresses', '');

const byIds = contractRoute<UserBatch, ReadonlyMap<string, UserRecord>, UserPage>(
  'users',
  'listUsers',
  contract.listUsers,
  {
    scope: 'caller',
    input: ({ ids, addresses }) => ({ query: { ids, include: addresses ? 'addresses' : undefined } }),
    map: ({ items }, { addresses }) => new Map(items.map((wire) => [keyOf(wire.id, addresses), userRecord(wire)])),
    batch: {
      keysOf: ({ ids, addresses }) => ids.map((id) => keyOf(id, addresses)),
      narrow: ({ addresses }, keys) => ({ ids: keys.map(idOf), addresses }),
      pick: (found, key) => found.get(key) ?? null,
      join: (parts) => parts as ReadonlyMap<string, UserRecord>,
    },
    tags: (found) => [...found.keys()].map((key) => tagOf(idOf(key))),
  },
);

const search = contractRoute<UserSearch, UserSearchPage, UserPage>('users', 'listUsers', contract.listUsers, {
  scope: 'caller',
  input: (asked) => ({
    query: {
      query: asked.query,
      status: asked.status?.map((status) => status.toLowerCase()),
      created_after: asked.createdAfter,
      created_before: asked.createdBefore,
      cursor: asked.token,
      limit: asked.limit,
    },
  }),
  map: ({ items, next_cursor, prev_cursor }) => ({
    records: items.map(userRecord),
    nextToken: next_cursor,
    previousToken: prev_cursor,
  }),
  key: (asked) => JSON.stringify(asked),
  tags: ({ records }) => records.map(({ id }) => tagOf(id)),
});

export interface EmailLookup {
  readonly email: string;
  readonly addresses: boolean;
}

const byEmail = contractRoute<EmailLookup, UserRecord | null, User>('users', 'lookupUser', contract.lookupUser, {
  scope: 'caller',
  input: ({ email, addresses }) => ({ query: { email, include: addresses ? 'addresses' : undefined } }),
  map: userRecord,
  accepts: { 404: () => null },
  key: ({ email, addresses }) => keyOf(email, addresses),
  tags: (found) => (found ? [tagOf(found.id)] : []),
});

export interface UserUpdate {
  readonly id: string;
  readonly patch: UserPatch;
}

const update = contractRoute<UserUpdate, UserRecord, User>('users', 'updateUser', contract.updateUser, {
  scope: 'caller',
  input: ({ id, patch }) => ({ path: { id }, body: patch }),
  map: userRecord,
  invalidates: ({ id }) => [tagOf(id)],
});

export interface PushToken {
  readonly userId: string;
  readonly token: string;
  readonly platform: 'apns' | 'fcm';
}

const putPushToken = contractRoute<PushToken, null>('users', 'putPushToken', contract.putPushToken, {
  scope: 'caller',
  input: ({ userId, token, platform }) => ({ path: { id: userId, token }, body: { platform } }),
  map: () => null,
});

/** The user service as resolvers see it: records of people the caller may see, and nothing of HTTP. */
export function createUsersService(upstream: Upstream) {
  const routes = {
    byIds: upstream.bind(byIds),
    search: upstream.bind(search),
    byEmail: upstream.bind(byEmail),
    update: upstream.bind(update),
    putPushToken: upstream.bind(putPushToken),
  };
  return {
    /** In the order of `ids`; null for who does not exist for the caller. */
    async byIds(context: CallContext, batch: UserBatch): Promise<(UserRecord | Error | null)[]> {
      const { value } = await routes.byIds(batch, context);
      return batch.ids.map((id) => {
        const found: unknown = value.get(keyOf(id, batch.addresses)) ?? null;
        return found instanceof Error ? found : visible(found as UserRecord | null, ownerOf, context);
      });
    },
    async search(context: CallContext, asked: UserSearch): Promise<UserSearchPage> {
      const { value } = await routes.search(asked, context);
      return { ...value, records: visibleOnly(value.records, ownerOf, context) };
    },
    async byEmail(context: CallContext, asked: EmailLookup): Promise<UserRecord | null> {
      return visible((await routes.byEmail(asked, context)).value, ownerOf, context);
    },
    /** `options.ifMatch` is the entity tag of the version that the caller saw. */
    async update(context: CallContext, id: string, patch: UserPatch, options?: CallOptions): Promise<UserRecord> {
      return (await routes.update({ id, patch }, context, options)).value;
    },
    async putPushToken(context: CallContext, token: PushToken): Promise<void> {
      await routes.putPushToken(token, context);
    },
  };
}

export type UsersService = ReturnType<typeof createUsersService>;
