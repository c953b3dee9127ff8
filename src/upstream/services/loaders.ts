import type { CallContext } from '../../context/call-context.ts';
import type { OrderPage } from '../../domain/page.ts';
import type { DisputeRecord, OrderRecord, PaymentRecord, UserRecord } from '../../domain/records.ts';
import { type BatchLoader, createBatchLoader } from '../../loaders/batch-loader.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import type { Services } from './index.ts';

/** A key and whether the costly part is wanted. A batch brings it for all as soon as one wants it: one call, not two. */
interface Wanting {
  readonly id: string;
  readonly more: boolean;
}

const maxBatchSize = 100;
const keyText = ({ id, more }: Wanting): string => (more ? `${id}+` : id);

/** The records of one request, each loaded once whoever asks. Made on first use: most operations need few of them. */
export class Loaders {
  readonly #services: Services;
  readonly #context: CallContext;
  #users: BatchLoader<Wanting, UserRecord | null> | undefined;
  #orders: BatchLoader<Wanting, OrderRecord | null> | undefined;
  #payments: BatchLoader<Wanting, readonly PaymentRecord[]> | undefined;
  #disputes: BatchLoader<string, DisputeRecord | null> | undefined;
  #orderPages: Map<string, Promise<OrderPage>> | undefined;
  #compared: Set<string> | undefined;

  constructor(services: Services, context: CallContext) {
    this.#services = services;
    this.#context = context;
  }

  /** A person by id; null who does not exist for the caller. */
  user(id: string, options: { readonly addresses?: boolean } = {}): Promise<UserRecord | null> {
    this.#users ??= createBatchLoader(
      (keys) => spread(keys, (ids, more) => this.#services.users.byIds(this.#context, { ids, addresses: more })),
      { ...this.#named('users'), keyText },
    );
    return this.#users.load({ id, more: options.addresses ?? false });
  }

  /** An order by id; with its lines and parcels when wanted. */
  order(id: string, options: { readonly parts?: boolean } = {}): Promise<OrderRecord | null> {
    this.#orders ??= createBatchLoader(
      (keys) =>
        spread(keys, (ids, more) =>
          this.#services.orders.byIds(this.#context, { ids, parts: { lineItems: more, shipments: more } }),
        ),
      { ...this.#named('orders'), keyText },
    );
    return this.#orders.load({ id, more: options.parts ?? false });
  }

  /** The payments of an order, oldest first; with their refunds when wanted. */
  payments(orderId: string, options: { readonly refunds?: boolean } = {}): Promise<readonly PaymentRecord[]> {
    this.#payments ??= createBatchLoader(
      (keys) =>
        spread(keys, (orderIds, more) => this.#services.payments.byOrders(this.#context, { orderIds, refunds: more })),
      { ...this.#named('payments'), keyText },
    );
    return this.#payments.load({ id: orderId, more: options.refunds ?? false });
  }

  /**
   * The payments of an order for reckoning with: every one of them, or an error. A list that lost a broken row is worth showing, but a
   * sum over it would be wrong, and an order could be paid twice.
   */
  async everyPayment(orderId: string): Promise<readonly PaymentRecord[]> {
    const payments = await this.payments(orderId);
    const lost = this.lostPayments();
    if (lost) throw lost;
    return payments;
  }

  /** Set once a payment came broken in this request and was left out: any list of payments may lack it. */
  lostPayments(): UpstreamFailure | undefined {
    const lost = this.#context.report.dropped.find(({ service }) => service === 'payments');
    return lost && new UpstreamFailure('record', { ...lost, effect: 'none' });
  }

  /** A page of orders, loaded once: whoever asks again, or asked ahead, shares the call. `key`: equal questions have equal ones. */
  orderPage(key: string, load: () => Promise<OrderPage>): Promise<OrderPage> {
    const pages = (this.#orderPages ??= new Map<string, Promise<OrderPage>>());
    let page = pages.get(key);
    if (!page) pages.set(key, (page = load()));
    return page;
  }

  /** True once for each order: several fields of one answer ask for its payments, and one look at them is enough. */
  looksFirstAt(orderId: string): boolean {
    const compared = (this.#compared ??= new Set());
    if (compared.has(orderId)) return false;
    compared.add(orderId);
    return true;
  }

  /** The dispute of a payment that the caller was shown; null when there is none. */
  dispute(paymentId: string): Promise<DisputeRecord | null> {
    this.#disputes ??= createBatchLoader(
      (ids) => this.#services.payments.disputes(this.#context, ids),
      this.#named('disputes'),
    );
    return this.#disputes.load(paymentId);
  }

  #named(name: string) {
    return { name, journey: this.#context.journey, maxBatchSize };
  }
}

/** One call for keys that want more or less of the same ids: ids once, the answers back in the order of the keys. */
async function spread<Value>(
  keys: readonly Wanting[],
  load: (ids: readonly string[], more: boolean) => Promise<readonly (Value | Error)[]>,
): Promise<(Value | Error)[]> {
  const ids = [...new Set(keys.map(({ id }) => id))];
  const values = await load(
    ids,
    keys.some(({ more }) => more),
  );
  const byId = new Map(ids.map((id, index) => [id, values[index] as Value | Error]));
  return keys.map(({ id }) => byId.get(id) as Value | Error);
}
