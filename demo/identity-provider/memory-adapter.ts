import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

const maxRecords = 10_000;

/**
 * The provider's storage: sessions, codes, grants and refresh tokens of one run, bounded.
 *
 * Its own, because oidc-provider's built-in one lives and dies with a Provider object, and a key rotation makes a new
 * one (its key set is fixed at construction): sign-ins must survive that.
 */
export function createMemoryAdapter(): AdapterFactory {
  const records = new LRUCache<string, AdapterPayload>({ max: maxRecords });

  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const findBy = (field: 'uid' | 'userCode', value: string) =>
      [...records.values()].find((record) => record.kind === model && record[field] === value);

    return {
      async upsert(id, payload, expiresInSeconds) {
        records.set(keyOf(id), payload, expiresInSeconds === undefined ? {} : { ttl: expiresInSeconds * 1000 });
      },
      async find(id) {
        return records.get(keyOf(id));
      },
      async findByUid(uid) {
        return findBy('uid', uid);
      },
      async findByUserCode(userCode) {
        return findBy('userCode', userCode);
      },
      async consume(id) {
        const record = records.get(keyOf(id));
        if (record) record['consumed'] = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        records.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, record] of records.entries()) {
          if (record.kind === model && record.grantId === grantId) records.delete(key);
        }
      },
    };
  };
}
