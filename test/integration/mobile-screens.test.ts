import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { suiteCleanup } from '../support/processes.ts';
import { type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

interface Screen {
  readonly version: string;
  readonly name: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Calls of each wave, as CONTRACTS allows: none may come that is not in it, none may wait for a wave before its own. */
  readonly waves: readonly number[];
  /** About half as much again as the seeded answer has. */
  readonly maxBytes: number;
}

const screens: readonly Screen[] = [
  { version: '1.0.0', name: 'home', waves: [3, 1], maxBytes: 5_000 },
  { version: '0.9.0', name: 'home', waves: [2], maxBytes: 900 },
  { version: '1.0.0', name: 'orders-page', waves: [1], maxBytes: 8_000 },
  { version: '0.9.0', name: 'orders-page', waves: [1], maxBytes: 5_000 },
  { version: '1.0.0', name: 'track-order', waves: [1, 1], maxBytes: 1_200 },
  {
    version: '1.0.0',
    name: 'track-order',
    variables: { id: 'ord_jZ36ZbjrCVen07', withPayment: false },
    waves: [1],
    maxBytes: 1_000,
  },
  { version: '1.0.0', name: 'pay-prefetch', waves: [2], maxBytes: 900 },
  { version: '1.0.0', name: 'app-status', waves: [], maxBytes: 150 },
  { version: '0.9.0', name: 'app-status', waves: [], maxBytes: 150 },
  { version: '1.0.0', name: 'quick-pay', waves: [1, 1], maxBytes: 400 },
  {
    version: '0.9.0',
    name: 'quick-pay',
    variables: {
      input: {
        orderId: 'ord_Tn3UC8GDyiuYfB',
        source: { savedMethodId: 'pm_demovisa' },
        idempotencyKey: 'last-years-app',
      },
    },
    waves: [1, 1],
    maxBytes: 250,
  },
  { version: '1.0.0', name: 'cancel-order', waves: [1, 1], maxBytes: 500 },
  { version: '1.0.0', name: 'register-push-token', waves: [1], maxBytes: 150 },
];

/** Places in an answer that hold nothing, as `home.activeOrders.0.title`. */
function holes(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => holes(part, path ? `${path}.${name}` : name));
}

/** What the schema says may be null when nothing failed. */
const emptyWhenWell =
  /\.(tracking|amountDueText|walletAmount|refundedText|timeText|nextActionUrl|message|storeUrl|methodText|retryAfterSeconds|field|etaText|etaAt)$/;

describe('the screens of the released app over the seeded services', () => {
  const cleanup = suiteCleanup(after);
  let world: ScreenWorld;

  before(async () => {
    world = await startScreenWorld(cleanup, 'mobile');
  });

  for (const { version, name, variables, waves, maxBytes } of screens)
    test(`${name} of ${version}${variables ? ' (other variables)' : ''} is whole in ${waves.length} waves of calls`, async () => {
      world.watch.expectWaves(waves);
      const { status, data, errors, bytes } = await world.screen(version, name, variables);
      const calls = world.watch.names();
      world.watch.reset();
      assert.deepEqual([status, errors], [200, []]);
      assert.deepEqual(
        holes(data).filter((hole) => !emptyWhenWell.test(hole)),
        [],
      );
      assert.equal(
        calls.length,
        waves.reduce((sum, size) => sum + size, 0),
        calls.join(', '),
      );
      assert.ok(bytes <= maxBytes, `${bytes} bytes`);
      assert.doesNotMatch(JSON.stringify(data), /Problem/);
    });

  test('a list is asked for once, however often and however long the screen shows it', async () => {
    world.watch.expectWaves([2]);
    const { data, errors } = await world.ask(`{ home {
      one: activeOrders(first: 1) { id itemCount }
      more: activeOrders(first: 4) { id tracking { headline } }
      recentOrders(first: 2) { id }
    } }`);
    assert.deepEqual([errors, world.watch.names()], [[], ['orders GET /v1/orders', 'orders GET /v1/orders']]);
    world.watch.reset();
    assert.deepEqual([data.home.one.length, data.home.more.length, data.home.recentOrders.length], [1, 4, 2]);
    assert.equal(data.home.one[0].id, data.home.more[0].id);
  });

  test('variables decide what is shown and asked for, also once the operation is compiled', async () => {
    const query = `query Sections($first: Int, $whole: Boolean = false) { home {
      activeOrders(first: $first) { id title @include(if: $whole) }
      recentOrders(first: 2) @skip(if: $whole) { id } } }`;
    for (let turn = 0; turn < 60; turn++) {
      const first = [1, 4, null][turn % 3];
      const whole = turn % 2 === 0;
      world.watch.reset();
      const { data, errors } = await world.ask(query, { first, whole });
      assert.deepEqual(errors, []);
      const { activeOrders, recentOrders } = data.home;
      assert.deepEqual([activeOrders.length, recentOrders?.length], [first ?? 3, whole ? undefined : 2]);
      assert.equal(world.watch.calls.length, whole ? 1 : 2);
      // Without its lines an order would go by its number.
      if (whole) assert.ok(activeOrders.every(({ title }: { title: string }) => !title.startsWith('Order ')));
    }
  });

  test('50 orders with their payments are two calls', async () => {
    world.watch.expectWaves([1, 1]);
    const { data, errors } = await world.ask('{ orders(first: 50) { edges { node { payment { methodText } } } } }');
    assert.deepEqual([errors, world.watch.calls.length, data.orders.edges.length], [[], 2, 50]);
    world.watch.reset();
  });

  test('texts follow the language and the time zone of the request, and of the token where it names none', async () => {
    const query = '{ order(id: "ord_jZ36ZbjrCVen07") { statusText totalText placedAt placedAtText } }';
    const read = async (headers: Record<string, string>, as: 'customer' = 'customer') =>
      (await world.ask(query, {}, { as, headers })).data.order;
    const english = await read({});
    const german = await read({ 'accept-language': 'de-DE,en;q=0.5', 'x-time-zone': 'Asia/Tokyo' });
    const dutch = await read({ 'accept-language': 'nl-NL' });
    const either = await read({ 'accept-language': 'nl, de;q=0.5' });
    assert.deepEqual(
      [english.statusText, german.statusText, dutch.statusText, either.statusText],
      ['On its way', 'Unterwegs', 'On its way', 'Unterwegs'],
    );
    assert.equal(either.totalText, dutch.totalText);
    assert.equal(english.placedAt, german.placedAt);
    assert.notEqual(english.placedAtText, german.placedAtText);
    assert.match(english.totalText, /^\p{Sc}[\d,.]+$|^[A-Z]{2,3}\P{L}+$/u);
  });

  test('nothing of the answer says where services live', async () => {
    const { data } = await world.screen('1.0.0', 'home');
    assert.doesNotMatch(JSON.stringify(data), /127\.0\.0\.1|localhost/);
  });

  test('a customer without orders gets empty sections, not missing ones', async () => {
    const { data, errors } = await world.screen('1.0.0', 'home', {}, { as: 'new-customer' });
    const { greeting, attention, activeOrders, recentOrders } = data.home;
    assert.deepEqual([errors, attention, activeOrders, recentOrders], [[], [], [], []]);
    assert.match(greeting, /Haruto.*(おはようございます|こんにちは|こんばんは)/);
  });
});
