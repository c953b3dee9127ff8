import type {
  OrderEventRecord,
  OrderRecord,
  PaymentRecord,
  RefundRecord,
  ShipmentRecord,
  TransactionRecord,
} from './records.ts';
import { type PaymentStatus, paymentStatuses, type RefundStatus, refundStatuses } from './states.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** An entry, what it is about and the state that thing entered: two records of one happening have these in common. */
interface Happening {
  readonly entry: TimelineEntry;
  readonly refId: string;
  readonly state: string;
}

/**
 * What happened to an order, oldest first: the order's own events, the transactions of its payments and its parcels. The services tell
 * some of it twice; of each (type, record, state) the record of the owning service stays, and takes over who did it. Entries have a total
 * order (time, type, record, id), so that pages of it fit together.
 *
 * `payments` come with their refunds. `failure` says why some or all of them could not be had: then the order's events tell what they know.
 */
export function mergeTimeline(
  order: OrderRecord,
  payments: readonly PaymentRecord[],
  failure?: Error | undefined,
): TimelineEntry[] {
  const told = (order.events ?? []).flatMap((event) => ofEvent(event, order, payments, failure));
  const owned = payments.flatMap(ofPayment);
  const merged = new Map<string, Happening>();
  for (const happening of [...owned, ...told, ...(order.shipments ?? []).flatMap(ofShipment)]) {
    const key = `${happening.entry.type} ${happening.refId} ${happening.state}`;
    const known = merged.get(key);
    if (!known) merged.set(key, happening);
    else if (known.entry.actor === null && happening.entry.actor !== null)
      merged.set(key, { ...known, entry: { ...known.entry, actor: happening.entry.actor } });
  }
  return [...merged.values()].toSorted(byPlace).map(({ entry }) => entry);
}

function byPlace(left: Happening, right: Happening): number {
  return (
    Date.parse(left.entry.at) - Date.parse(right.entry.at) ||
    compare(left.entry.type, right.entry.type) ||
    compare(left.refId, right.refId) ||
    compare(left.entry.id, right.entry.id)
  );
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function ofPayment(payment: PaymentRecord): Happening[] {
  const refunds = [...(payment.refunds ?? [])];
  return payment.transactions
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((transaction) => {
      const { id, at, type, state } = transaction;
      if (type === 'REFUND') {
        const status = refundStatusByState[state];
        const refund = takeRefund(transaction, refunds);
        return {
          entry: { type: 'refund', id, at, actor: null, refund, status },
          refId: refund?.id ?? id,
          state: status,
        };
      }
      const status = paymentStatusAfter(transaction);
      return { entry: { type: 'payment', id, at, actor: null, payment, status }, refId: payment.id, state: status };
    });
}

/** A transaction doesn't name its refund: the first of its amount that no earlier transaction has taken. */
function takeRefund({ amount }: TransactionRecord, left: RefundRecord[]): RefundRecord | null {
  const index = left.findIndex((refund) => refund.amount.amountMinor === amount.amountMinor);
  return index < 0 ? null : (left.splice(index, 1)[0] ?? null);
}

/** What a transaction made of its payment. */
export function paymentStatusAfter({ type, state }: Pick<TransactionRecord, 'type' | 'state'>): PaymentStatus {
  if (type === 'CHARGEBACK' || type === 'UNKNOWN' || state === 'UNKNOWN') return 'UNKNOWN';
  if (state === 'PENDING') return 'PROCESSING';
  if (state === 'FAILURE') return 'REQUIRES_PAYMENT_METHOD';
  if (type === 'AUTHORIZATION') return 'REQUIRES_CAPTURE';
  return type === 'VOID' ? 'CANCELLED' : 'SUCCEEDED';
}

const refundStatusByState = {
  PENDING: 'PENDING',
  SUCCESS: 'SUCCEEDED',
  FAILURE: 'FAILED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<TransactionRecord['state'], RefundStatus>;

/** A parcel tells when it left and when it arrived. */
function ofShipment(shipment: ShipmentRecord): Happening[] {
  const { id, shippedAt, deliveredAt } = shipment;
  const moved = (at: string | null, state: string): Happening[] => {
    if (at === null) return [];
    return [{ entry: { type: 'shipment', id: `${id}:${state}`, at, actor: null, shipment }, refId: id, state }];
  };
  return [...moved(shippedAt, 'IN_TRANSIT'), ...moved(deliveredAt, 'DELIVERED')];
}

/** A kind that we don't know has no place in the schema: the service may add kinds at any time. */
function ofEvent(
  event: OrderEventRecord,
  order: OrderRecord,
  payments: readonly PaymentRecord[],
  failure: Error | undefined,
): Happening[] {
  const { id, type, at, refId } = event;
  const base = { id, at, actor: actorOf(event, order) };
  const state = event.state?.toUpperCase().replace('CANCELED', 'CANCELLED') ?? '';
  const unlessFound = (record: object | null) => (record === null && failure ? { failure } : {});
  const about = (entry: TimelineEntry): Happening[] => [{ entry, refId: refId ?? id, state: state || id }];
  switch (type) {
    case 'placed':
      return [{ entry: { ...base, type: 'placed' }, refId: order.id, state: type }];
    case 'confirmed':
      return [{ entry: { ...base, type: 'confirmed' }, refId: order.id, state: type }];
    case 'cancelled':
      return [{ entry: { ...base, type: 'cancelled', reason: order.cancelReason }, refId: order.id, state: type }];
    case 'payment': {
      const payment = payments.find((known) => known.id === refId) ?? null;
      return about({
        ...base,
        type: 'payment',
        payment,
        ...unlessFound(payment),
        status: knownOr(paymentStatuses, state, 'UNKNOWN'),
      });
    }
    case 'refund': {
      const refund = payments.flatMap(({ refunds }) => refunds ?? []).find((known) => known.id === refId) ?? null;
      const status = knownOr(refundStatuses, state, 'UNKNOWN');
      return about({ ...base, type: 'refund', refund, ...unlessFound(refund), status });
    }
    case 'shipment':
      return about({
        ...base,
        type: 'shipment',
        shipment: order.shipments?.find((known) => known.id === refId) ?? null,
      });
    default:
      return [];
  }
}

function knownOr<State extends string>(known: readonly State[], state: string, otherwise: State): State {
  return known.find((one) => one === state) ?? otherwise;
}

/** People are told what somebody is, not who: ids of staff are nobody's business. */
function actorOf({ actor }: OrderEventRecord, { customerId }: OrderRecord): string | null {
  if (actor === null || !actor.startsWith('usr_')) return actor;
  return actor === customerId ? 'customer' : 'staff';
}
