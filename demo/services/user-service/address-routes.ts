import { notFound, Problem } from '../kit/problem.ts';
import type { Route } from '../kit/router.ts';
import { readAddress } from './address-input.ts';
import type { AddressRecord, UserRecord, UserStore } from './user-store.ts';

const cacheControl = 'private, max-age=30';
const maxAddresses = 50;
const collection = '/v1/users/{id}/addresses';
const item = `${collection}/{addressId}`;

/** The address book of a person. A change of it is a change of the person: the version of the user grows with it. */
export function addressRoutes(users: UserStore): Route[] {
  return [
    {
      operation: 'listAddresses',
      method: 'GET',
      path: collection,
      handle(request) {
        const items = users.addressesOf(users.get(request.params['id']!));
        return { status: 200, headers: { 'Cache-Control': cacheControl }, body: { items } };
      },
    },
    {
      operation: 'createAddress',
      method: 'POST',
      path: collection,
      idempotency: 'required',
      handle(request) {
        const user = users.get(request.params['id']!);
        const { fields, shipping, billing } = readAddress(request.body, { isNew: true });
        if (users.addressesOf(user).length >= maxAddresses) {
          throw new Problem(422, 'too_many_addresses', `A person has at most ${maxAddresses} addresses.`);
        }
        const id = `adr_${crypto.randomUUID().replaceAll('-', '')}`;
        const empty = { name: null, line2: null, region: null, postal_code: null, phone: null };
        users.database
          .sql(
            `INSERT INTO addresses
                SELECT ?, ?, coalesce(max(position), -1) + 1, ? FROM addresses WHERE user_id = ?`,
          )
          .run(id, user.id, JSON.stringify({ id, ...empty, ...fields }), user.id);
        const saved = users.save(withDefaults(user, id, shipping, billing));
        return {
          status: 201,
          headers: { Location: `/v1/users/${user.id}/addresses/${id}`, 'Cache-Control': 'no-store' },
          body: findAddress(users, saved, id),
        };
      },
    },
    {
      operation: 'getAddress',
      method: 'GET',
      path: item,
      handle(request) {
        const address = findAddress(users, users.get(request.params['id']!), request.params['addressId']!);
        return { status: 200, headers: { 'Cache-Control': cacheControl }, body: address };
      },
    },
    {
      operation: 'updateAddress',
      method: 'PATCH',
      path: item,
      handle(request) {
        const user = users.get(request.params['id']!);
        const address = findAddress(users, user, request.params['addressId']!);
        const { fields, shipping, billing } = readAddress(request.body, { isNew: false });
        const { is_default_shipping: _shipping, is_default_billing: _billing, ...stored } = address;
        users.database
          .sql('UPDATE addresses SET record = ? WHERE id = ?')
          .run(JSON.stringify({ ...stored, ...fields }), address.id);
        const saved = users.save(withDefaults(user, address.id, shipping, billing));
        return { status: 200, headers: { 'Cache-Control': 'no-store' }, body: findAddress(users, saved, address.id) };
      },
    },
    {
      operation: 'deleteAddress',
      method: 'DELETE',
      path: item,
      handle(request) {
        const user = users.get(request.params['id']!);
        const id = request.params['addressId']!;
        const { changes } = users.database.sql('DELETE FROM addresses WHERE id = ? AND user_id = ?').run(id, user.id);
        if (Number(changes) > 0) users.save(withDefaults(user, id, false, false));
        return { status: 204 };
      },
    },
  ];
}

function findAddress(users: UserStore, user: UserRecord, id: string): AddressRecord {
  const address = users.addressesOf(user).find((candidate) => candidate.id === id);
  if (address === undefined) throw notFound('address');
  return address;
}

/** A default flag set takes it from the address that had it; cleared, it leaves the person without that default. */
function withDefaults(
  user: UserRecord,
  id: string,
  shipping: boolean | undefined,
  billing: boolean | undefined,
): UserRecord {
  const next = (current: string | null, flag: boolean | undefined): string | null => {
    if (flag === true) return id;
    return flag === false && current === id ? null : current;
  };
  return {
    ...user,
    default_shipping_address_id: next(user.default_shipping_address_id, shipping),
    default_billing_address_id: next(user.default_billing_address_id, billing),
  };
}
