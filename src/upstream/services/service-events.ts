import type { OrderEventMessage } from '../../generated/order-service.ts';
import type { PaymentEvent, RefundEvent } from '../../generated/payment-service.ts';
import { validatorFor } from '../../generated/index.ts';
import { webhooks as orderEvents } from '../../generated/order-service.ts';
import { webhooks as paymentEvents } from '../../generated/payment-service.ts';
import { type UserEvent, webhooks as userEvents } from '../../generated/user-service.ts';

/** What a service's event means here. */
export interface EventEffect {
  /** Replies with these tags are old. */
  readonly tags: readonly string[];
  /** The state of a person's account, when the event tells it. `version` grows with each change. */
  readonly account?: { readonly subject: string; readonly closed: boolean; readonly version: number };
}

/** An event that we do not know yet: taken, and without effect. */
const none: EventEffect = { tags: [] };

/** Accounts in these states may not use their tokens any more. */
const closedStates = new Set<string>(['suspended', 'deactivated']);

interface EventKind {
  /** Schema of each event, by its name. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly effect: (message: never) => EventEffect;
}

const kinds: Readonly<Record<string, EventKind>> = {
  users: {
    schemas: userEvents,
    effect: ({ data: { id, status, version } }: UserEvent) => ({
      tags: [`user:${id}`],
      account: { subject: id, closed: closedStates.has(status), version },
    }),
  },
  orders: {
    schemas: orderEvents,
    effect: ({ data: { id, customer_id } }: OrderEventMessage) => ({
      tags: [`order:${id}`, `orders-of:${customer_id}`],
    }),
  },
  payments: {
    schemas: paymentEvents,
    effect: ({ data }: PaymentEvent | RefundEvent) => ({
      tags: [
        `payment:${'payment_id' in data ? data.payment_id : data.id}`,
        `payments-of:${data.order_id}`,
        // A payment changes what an order counts as paid.
        `order:${data.order_id}`,
        `orders-of:${data.customer_id}`,
      ],
    }),
  },
};

/**
 * The effect of a message that a service has signed. Undefined when it is not what its contract says; an event of a name that the
 * contract does not have is no mistake, since names are an open set.
 */
export function effectOf(service: string, message: unknown): EventEffect | undefined {
  const kind = Object.hasOwn(kinds, service) ? kinds[service] : undefined;
  const type = (message as { readonly type?: unknown } | null)?.type;
  if (!kind || typeof type !== 'string') return undefined;
  const schema = Object.hasOwn(kind.schemas, type) ? kind.schemas[type] : undefined;
  if (schema === undefined) return none;
  const isEvent = validatorFor as (service: string, schema: string) => (value: unknown) => boolean;
  return isEvent(service, schema)(message) ? kind.effect(message as never) : undefined;
}
