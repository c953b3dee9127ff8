import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { identities } from '../../demo/services/seed/identities.ts';
import { type ContractClient, contractClient } from '../support/contract-client.ts';
import { suiteCleanup } from '../support/processes.ts';
import { serviceCredentials, startServiceAlone } from '../support/reference-services.ts';

const customer = identities.customer.id;
const newCustomer = identities['new-customer'].id;

describe('user-service', () => {
  const cleanup = suiteCleanup(after);
  let url: string;
  let users: ContractClient;
  before(async () => {
    ({ url } = await startServiceAlone(cleanup, 'users'));
    users = contractClient('users', url);
  });

  const versionOf = async (id: string): Promise<string> => {
    const { headers } = await users.call('getUser', { params: { id } });
    return headers.get('etag')!;
  };

  test('answers for its health without a credential', async () => {
    assert.deepEqual((await users.call('getLiveness')).body, { status: 'ok' });
    assert.deepEqual((await users.call('getReadiness')).body, { status: 'ok' });
    const { body } = await users.call('getMetrics');
    assert.match(body, /http_requests_total\{operation="getLiveness",status="200",service="user-service"\} 1/);
  });

  describe('lets in only the gateway', () => {
    const refusals: [string, Record<string, string>, number, string][] = [
      ['no credential', { authorization: '' }, 401, 'service_credential_invalid'],
      ['another credential', { authorization: 'Bearer wrong' }, 401, 'service_credential_invalid'],
      ['its credential in another scheme', { authorization: 'Basic dGVzdA==' }, 401, 'service_credential_invalid'],
      ['no role', { 'x-user-role': '' }, 400, 'invalid_request'],
      ['a role it does not know', { 'x-user-role': 'root' }, 400, 'invalid_request'],
    ];
    for (const [what, headers, status, code] of refusals) {
      test(`and refuses ${what}`, async () => {
        const answer = await users.call('getUser', { params: { id: customer }, headers });
        assert.deepEqual([answer.status, answer.body.code], [status, code]);
      });
    }
  });

  test('echoes a well-formed correlation id, in the problem too, and replaces one that is not', async () => {
    const id = 'test-correlation-1';
    const known = await users.call('getUser', { params: { id: 'usr_nobody' }, headers: { 'x-correlation-id': id } });
    assert.equal(known.headers.get('x-correlation-id'), id);
    assert.equal(known.body.correlation_id, id);
    const odd = await users.call('getUser', {
      params: { id: 'usr_nobody' },
      headers: { 'x-correlation-id': 'no spaces' },
    });
    assert.match(odd.headers.get('x-correlation-id')!, /^[0-9a-f-]{36}$/);
  });

  test('says 404, 405 with Allow, 400 for an unknown parameter, 415, 413 and 400 for bad bodies', async () => {
    const raw = async (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${url}${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${serviceCredentials.gatewayToken}`,
          'x-user-role': 'support',
          ...init.headers,
        },
      });
    const json = { 'content-type': 'application/merge-patch+json' };
    const statusOf = async (path: string, init?: RequestInit): Promise<number> => (await raw(path, init)).status;
    assert.equal(await statusOf('/v2/users'), 404);
    assert.equal(await statusOf('/v1/users/%E0%A4%A'), 404);
    assert.equal(await statusOf(`/v1/users/${customer}?colour=red`), 400);
    const path = `/v1/users/${customer}`;
    assert.equal((await raw(path, { method: 'DELETE' })).headers.get('allow'), 'GET, PATCH');
    assert.equal(await statusOf(path, { method: 'PATCH', body: '{}', headers: { 'content-type': 'text/plain' } }), 415);
    assert.equal(await statusOf(path, { method: 'PATCH', body: '{', headers: json }), 400);
    assert.equal(await statusOf(path, { method: 'PATCH', body: '[]', headers: json }), 400);
    assert.equal(await statusOf(path, { method: 'PATCH', body: `"${'x'.repeat(70_000)}"`, headers: json }), 413);
  });

  describe('reads a person', () => {
    test('with an ETag that answers 304 until the person changes', async () => {
      const first = await users.call('getUser', { params: { id: customer } });
      const etag = first.headers.get('etag')!;
      assert.equal(etag, `"${first.body.version}"`);
      assert.equal(first.headers.get('cache-control'), 'private, max-age=30');
      for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await users.call('getUser', {
          params: { id: customer },
          headers: { 'if-none-match': condition },
        });
        assert.equal(again.status, 304, condition);
      }
      const other = await users.call('getUser', { params: { id: customer }, headers: { 'if-none-match': '"other"' } });
      assert.equal(other.status, 200);
    });

    test('with addresses when asked, the default ones first', async () => {
      const { body } = await users.call('getUser', { params: { id: customer }, query: { include: 'addresses' } });
      assert.ok(body.addresses[0].is_default_shipping);
      const { body: list } = await users.call('listAddresses', { params: { id: customer } });
      assert.deepEqual(list.items, body.addresses);
      const addressId = body.addresses[0].id;
      const { body: one } = await users.call('getAddress', { params: { id: customer, addressId } });
      assert.deepEqual(one, body.addresses[0]);
    });

    test('and their preferences', async () => {
      const { body } = await users.call('getPreferences', { params: { id: customer } });
      assert.equal(body.user_id, customer);
    });

    test('as the identity provider names them', async () => {
      for (const identity of Object.values(identities)) {
        const { body } = await users.call('getUser', { params: { id: identity.id } });
        assert.deepEqual(
          [body.email, body.role, body.status, body.locale, body.time_zone, body.display_name],
          [
            identity.email,
            identity.role,
            identity.accountStatus,
            identity.locale,
            identity.timeZone,
            identity.displayName,
          ],
        );
      }
    });
  });

  describe('reads many by ids', () => {
    test('each once, without those that do not exist', async () => {
      const ids = [customer, 'usr_nobody', newCustomer, customer];
      const { body } = await users.call('listUsers', { query: { ids }, role: 'customer' });
      assert.deepEqual(body.items.map(({ id }: { id: string }) => id).toSorted(), [customer, newCustomer].toSorted());
      assert.deepEqual([body.next_cursor, body.prev_cursor], [null, null]);
    });

    test('at most a hundred, and never mixed with a search', async () => {
      const many = Array.from({ length: 101 }, (_, index) => `usr_${index}`);
      assert.equal((await users.call('listUsers', { query: { ids: many } })).status, 400);
      assert.equal((await users.call('listUsers', { query: { ids: many.slice(1) } })).status, 200);
      assert.equal((await users.call('listUsers', { query: { ids: [customer], query: 'ada' } })).status, 400);
    });
  });

  describe('searches', () => {
    test('for support, admin and service, never for customers', async () => {
      assert.equal((await users.call('listUsers', { role: 'customer', query: { query: 'ava' } })).status, 403);
      assert.equal((await users.call('listUsers', { role: 'customer' })).status, 403);
      for (const role of ['support', 'admin', 'service'] as const) {
        assert.equal((await users.call('listUsers', { role, query: { query: 'ava' } })).status, 200);
      }
    });

    test('by prefix of names and e-mail in any case, and by whole id or phone number', async () => {
      const { body: person } = await users.call('getUser', { params: { id: customer } });
      for (const query of ['AVA MART', 'martin', 'Ava.Martinez@', customer, person.phone]) {
        const { body } = await users.call('listUsers', { query: { query } });
        assert.ok(
          body.items.some(({ id }: { id: string }) => id === customer),
          query,
        );
      }
      const { body } = await users.call('listUsers', { query: { query: '%a' } });
      assert.deepEqual(body.items, []);
    });

    test('by states and time of creation', async () => {
      const status = ['locked', 'suspended'];
      const { body } = await users.call('listUsers', { query: { status, limit: 100 } });
      assert.ok(body.items.length > 20);
      assert.ok(body.items.every((user: { status: string }) => status.includes(user.status)));
      const createdAfter = '2026-01-01T00:00:00Z';
      const createdBefore = '2026-02-01T00:00:00Z';
      const january = await users.call('listUsers', {
        query: { created_after: createdAfter, created_before: createdBefore },
      });
      assert.ok(january.body.items.length > 0);
      assert.ok(january.body.items.every((user: { created_at: string }) => user.created_at.startsWith('2026-01')));
    });

    test('page by page, forth and back, without a gap or a repeat', async () => {
      const query = { status: 'active', limit: 100 };
      const pages: string[][] = [];
      let cursor: string | null = null;
      let last: { items: { id: string }[]; next_cursor: string | null; prev_cursor: string | null };
      do {
        const answer = await users.call('listUsers', { query: { ...query, ...(cursor !== null && { cursor }) } });
        last = answer.body;
        assert.equal(last.prev_cursor === null, pages.length === 0);
        pages.push(last.items.map(({ id }) => id));
        cursor = last.next_cursor;
      } while (cursor !== null);
      assert.equal(new Set(pages.flat()).size, pages.flat().length);
      assert.ok(pages.flat().length > 800);

      const back: string[][] = [pages.at(-1)!];
      while (last.prev_cursor !== null) {
        const answer = await users.call('listUsers', { query: { ...query, cursor: last.prev_cursor } });
        last = answer.body;
        assert.notEqual(last.next_cursor, null);
        back.unshift(last.items.map(({ id }) => id));
      }
      assert.deepEqual(back, pages);
    });

    test('and refuses a cursor of another search, or of nobody', async () => {
      const { body } = await users.call('listUsers', { query: { limit: 1 } });
      const other = await users.call('listUsers', { query: { limit: 1, status: 'active', cursor: body.next_cursor } });
      assert.deepEqual([other.status, other.body.code], [400, 'invalid_cursor']);
      const invented = await users.call('listUsers', { query: { cursor: 'bm90aGluZw' } });
      assert.deepEqual([invented.status, invented.body.code], [400, 'invalid_cursor']);
    });

    for (const query of [
      { limit: 0 },
      { limit: 101 },
      { query: 'x' },
      { created_after: 'yesterday' },
      { include: 'orders' },
    ]) {
      test(`and refuses ${JSON.stringify(query)}, naming the parameter`, async () => {
        const { status, body } = await users.call('listUsers', { query });
        assert.equal(status, 400);
        assert.deepEqual(
          body.errors.map(({ parameter }: { parameter: string }) => parameter),
          Object.keys(query),
        );
      });
    }

    test('by exact e-mail in any case', async () => {
      const found = await users.call('lookupUser', { query: { email: 'AVA.Martinez@example.com' } });
      assert.equal(found.body.id, customer);
      assert.equal((await users.call('lookupUser', { query: { email: 'nobody@example.com' } })).status, 404);
      assert.equal((await users.call('lookupUser')).status, 400);
      const email = identities.customer.email;
      assert.equal((await users.call('lookupUser', { query: { email }, role: 'customer' })).status, 403);
    });
  });

  describe('changes a profile', () => {
    test('by merge patch, raising the version', async () => {
      const old = await users.call('getUser', { params: { id: newCustomer } });
      const patch = { display_name: 'Haru', phone: '+819011112222', given_name: null };
      const { status, body, headers } = await users.call('updateUser', { params: { id: newCustomer }, body: patch });
      assert.equal(status, 200);
      assert.deepEqual([body.display_name, body.phone, body.given_name], ['Haru', '+819011112222', null]);
      assert.equal(body.phone_verified, false);
      assert.equal(body.family_name, old.body.family_name);
      assert.equal(body.version, old.body.version + 1);
      assert.equal(headers.get('etag'), `"${body.version}"`);
    });

    test('only when If-Match names the present version, and strongly', async () => {
      const etag = await versionOf(newCustomer);
      const patch = (condition: string) =>
        users.call('updateUser', {
          params: { id: newCustomer },
          headers: { 'if-match': condition },
          body: { locale: 'en-GB' },
        });
      const weak = await patch(`W/${etag}`);
      assert.deepEqual([weak.status, weak.body.code, weak.headers.get('etag')], [412, 'version_mismatch', etag]);
      assert.equal((await patch(etag)).status, 200);
      assert.equal((await patch(etag)).status, 412);
      assert.equal((await patch('*')).status, 200);
    });

    const wrongPatches: [string, Record<string, unknown>, string][] = [
      ['a phone number that is none', { phone: '0123' }, '/phone'],
      ['an empty display name', { display_name: '  ' }, '/display_name'],
      ['no display name at all', { display_name: null }, '/display_name'],
      ['a locale that is none', { locale: 'english please' }, '/locale'],
      ['a time zone that does not exist', { time_zone: 'Mars/Olympus' }, '/time_zone'],
      ["somebody else's address", { default_shipping_address_id: 'adr_other' }, '/default_shipping_address_id'],
      ['an avatar that is no link', { avatar_url: 'javascript:alert(1)' }, '/avatar_url'],
      ['a field that can not be set', { email: 'x@example.com' }, '/email'],
      ['nothing', {}, '/'],
    ];
    for (const [what, body, pointer] of wrongPatches) {
      test(`and refuses ${what}, naming the place`, async () => {
        const etag = await versionOf(newCustomer);
        const answer = await users.call('updateUser', { params: { id: newCustomer }, body });
        assert.deepEqual([answer.status, answer.body.code], [422, 'validation_failed']);
        assert.equal(answer.body.errors[0].pointer, pointer);
        assert.equal(await versionOf(newCustomer), etag);
      });
    }
  });

  describe('keeps an address book', () => {
    const address = { line1: 'Jingumae 1', city: 'Shibuya', country_code: 'JP' };

    test('to which an address is added once for each key, and a default moves', async () => {
      const id = newCustomer;
      const call = { params: { id }, body: { ...address, is_default_shipping: true }, key: 'address-1' };
      const first = await users.call('createAddress', call);
      const again = await users.call('createAddress', call);
      assert.deepEqual([first.status, again.status], [201, 201]);
      assert.deepEqual(again.body, first.body);
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
      assert.equal(first.headers.get('location'), `/v1/users/${id}/addresses/${first.body.id}`);
      const { body } = await users.call('listAddresses', { params: { id } });
      assert.equal(body.items.length, 2);
      assert.equal(body.items.filter((item: { is_default_shipping: boolean }) => item.is_default_shipping).length, 1);
      assert.equal(body.items[0].id, first.body.id);
    });

    test('in which an address changes, and goes with its default', async () => {
      const id = newCustomer;
      const { body: list } = await users.call('listAddresses', { params: { id } });
      const addressId = list.items[0].id;
      const changed = await users.call('updateAddress', { params: { id, addressId }, body: { line2: 'Room 5' } });
      assert.deepEqual([changed.body.line1, changed.body.line2], ['Jingumae 1', 'Room 5']);
      assert.equal((await users.call('deleteAddress', { params: { id, addressId } })).status, 204);
      assert.equal((await users.call('deleteAddress', { params: { id, addressId } })).status, 204);
      assert.equal((await users.call('getAddress', { params: { id, addressId } })).status, 404);
      const { body: person } = await users.call('getUser', { params: { id } });
      assert.equal(person.default_shipping_address_id, null);
    });

    test('and refuses half an address', async () => {
      const answer = await users.call('createAddress', {
        params: { id: newCustomer },
        body: { city: 'x' },
        key: 'half',
      });
      assert.equal(answer.status, 422);
      const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
      assert.deepEqual(pointers, ['/line1', '/country_code']);
    });
  });

  describe('suspends, unsuspends and unlocks', () => {
    const params = { id: newCustomer };
    const body = { reason: 'fraud', note: 'case 4711' };

    test('for support and admin only', async () => {
      for (const role of ['customer', 'service'] as const) {
        assert.equal((await users.call('suspendUser', { params, body, role, key: role })).status, 403);
      }
    });

    test('with a key, from the right state, and back', async () => {
      const missing = await users.call('suspendUser', { params, body });
      assert.deepEqual([missing.status, missing.body.code], [400, 'idempotency_key_missing']);
      assert.equal((await users.call('suspendUser', { params, body, key: 's1' })).body.status, 'suspended');
      const twice = await users.call('suspendUser', { params, body, key: 's2' });
      assert.deepEqual([twice.status, twice.body.code], [409, 'wrong_state']);
      assert.equal((await users.call('unlockUser', { params, key: 's3' })).status, 409);
      assert.equal((await users.call('unsuspendUser', { params, key: 's4' })).body.status, 'active');
    });

    test('a locked account is unlocked', async () => {
      const { body: locked } = await users.call('listUsers', { query: { status: 'locked', limit: 1 } });
      const { body: user } = await users.call('unlockUser', { params: { id: locked.items[0].id }, key: 'u1' });
      assert.equal(user.status, 'active');
    });

    test('a key that was used for another request is refused, in its quoted form too', async () => {
      const other = await users.call('unsuspendUser', { params, key: '"s1"' });
      assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused']);
      const quoted = await users.call('suspendUser', { params, body, key: '"s1"' });
      assert.deepEqual([quoted.status, quoted.headers.get('idempotency-replayed')], [200, 'true']);
    });
  });

  test('registers a push token again and again, for whoever has the device now', async () => {
    const token = 'apns:0123456789abcdef';
    for (const id of [customer, newCustomer]) {
      const answer = await users.call('putPushToken', { params: { id, token }, body: { platform: 'apns' } });
      assert.equal(answer.status, 204);
    }
    const wrong = await users.call('putPushToken', { params: { id: customer, token }, body: { platform: 'pager' } });
    assert.equal(wrong.status, 422);
  });

  test('every documented answer of the contract was seen and fits it', () => {
    assert.deepEqual(
      users.unseen(),
      ['getReadiness 503'].filter((place) => users.unseen().includes(place)),
    );
  });
});
