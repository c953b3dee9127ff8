import { timestamp } from '../kit/clock.ts';
import type { Database } from '../kit/database.ts';
import { notFound } from '../kit/problem.ts';
import type { ServiceBase } from '../kit/service.ts';
import type { PlannedAddress } from '../seed/user-plan.ts';

/** A user as stored; the contract's User without embedded addresses. */
export interface UserRecord {
  id: string;
  email: string;
  phone: string | null;
  phone_verified: boolean;
  display_name: string;
  status: string;
  created_at: string;
  updated_at: string;
  locale: string | null;
  time_zone: string | null;
  default_shipping_address_id: string | null;
  default_billing_address_id: string | null;
  metadata: Record<string, string>;
  version: number;
  [other: string]: unknown;
}

export interface AddressRecord extends PlannedAddress {
  is_default_shipping: boolean;
  is_default_billing: boolean;
}

export interface UserStore {
  database: Database;
  find(id: string): UserRecord | undefined;
  /** The user or a 404. */
  get(id: string): UserRecord;
  findByEmail(email: string): UserRecord | undefined;
  /** Stores a change: a new version, a new `updated_at`, a `user.updated` event. Call inside a transaction. */
  save(user: UserRecord): UserRecord;
  /** The address book, defaults first. */
  addressesOf(user: UserRecord): AddressRecord[];
  /** The user as answered. */
  show(user: UserRecord, withAddresses: boolean): UserRecord;
}

export function createUserStore({ database, clock, outbox }: ServiceBase): UserStore {
  const parse = (row: Record<string, unknown> | undefined): UserRecord | undefined =>
    row === undefined ? undefined : JSON.parse(String(row['record']));

  const store: UserStore = {
    database,
    find: (id) => parse(database.sql('SELECT record FROM users WHERE id = ?').get(id)),
    get(id) {
      const user = store.find(id);
      if (user === undefined) throw notFound('user');
      return user;
    },
    findByEmail: (email) => parse(database.sql('SELECT record FROM users WHERE email = lower(?)').get(email)),
    save(user) {
      const saved = { ...user, updated_at: timestamp(clock.now()), version: user.version + 1 };
      database.sql('UPDATE users SET record = ? WHERE id = ?').run(JSON.stringify(saved), saved.id);
      outbox.publish('user.updated', { id: saved.id, status: saved.status, version: saved.version }, 'webhooks');
      return saved;
    },
    addressesOf(user) {
      const rows = database.sql('SELECT record FROM addresses WHERE user_id = ? ORDER BY position').all(user.id);
      const addresses = rows.map((row): AddressRecord => {
        const address: PlannedAddress = JSON.parse(String(row['record']));
        return Object.assign(address, {
          is_default_shipping: address.id === user.default_shipping_address_id,
          is_default_billing: address.id === user.default_billing_address_id,
        });
      });
      return addresses.sort((a, b) => defaultRank(a) - defaultRank(b));
    },
    show: (user, withAddresses) => (withAddresses ? { ...user, addresses: store.addressesOf(user) } : user),
  };
  return store;
}

function defaultRank(address: AddressRecord): number {
  if (address.is_default_shipping) return 0;
  return address.is_default_billing ? 1 : 2;
}
