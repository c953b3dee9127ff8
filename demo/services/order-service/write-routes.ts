import { readObject } from '../kit/body-reader.ts';
import { checkIfMatch, etagOf } from '../kit/conditional.ts';
import { Problem } from '../kit/problem.ts';
import type { Reply } from '../kit/reply.ts';
import type { Route } from '../kit/router.ts';
import type { CancellationDesk } from './cancellation-desk.ts';
import { readNewOrder, readOrderAddress } from './create-order.ts';
import type { WholeOrder } from './order-records.ts';
import { allowedActions, isCancellable, isChangeable } from './order-rules.ts';
import { type OrderPart, type OrderStore, showOrder } from './order-store.ts';

const none: ReadonlySet<OrderPart> = new Set();
const withLines: ReadonlySet<OrderPart> = new Set(['line_items']);

export function writeRoutes(orders: OrderStore, desk: CancellationDesk): Route[] {
  return [
    {
      operation: 'createOrder',
      method: 'POST',
      path: '/v1/orders',
      idempotency: 'required',
      handle(request) {
        const order = orders.add(readNewOrder(request, orders.now()));
        const reply = answer(201, order, withLines);
        return { ...reply, headers: { ...reply.headers, Location: `/v1/orders/${order.record.id}` } };
      },
    },
    {
      operation: 'updateOrder',
      method: 'PATCH',
      path: '/v1/orders/{id}',
      handle(request) {
        const order = orders.get(request.params['id']!);
        checkIfMatch(request, order.record.version, { required: true });
        const reader = readObject(request.body, ['shipping_address', 'billing_address', 'note', 'version']);
        const shippingAddress = readOrderAddress(reader, 'shipping_address');
        const billingAddress = readOrderAddress(reader, 'billing_address');
        const note = reader.nullableText('note', { max: 1000 });
        const version = reader.integer('version', { min: 1, max: Number.MAX_SAFE_INTEGER });
        if (shippingAddress === null && billingAddress === null && !reader.has('note') && !reader.has('version')) {
          reader.refuse('', 'empty_patch', 'At least one field.');
        }
        reader.finish();
        if (version !== undefined && version !== order.record.version) throw versionMismatch(order);
        if (!isChangeable(order.record)) throw refusal('not_changeable', 'It is shipped or cancelled.', order);
        const record = {
          ...order.record,
          shipping_address: shippingAddress ?? order.record.shipping_address,
          billing_address: billingAddress ?? order.record.billing_address,
          note: note === undefined ? order.record.note : note,
        };
        return answer(200, orders.save({ ...order, record }, []), none);
      },
    },
    {
      operation: 'cancelOrder',
      method: 'POST',
      path: '/v1/orders/{id}/cancel',
      idempotency: 'required',
      handle(request) {
        const order = orders.get(request.params['id']!);
        checkIfMatch(request, order.record.version, { required: false });
        const reader = readObject(request.body, ['reason', 'note']);
        const reason = reader.oneOf('reason', ['customer', 'declined', 'fraud', 'inventory', 'staff', 'other']);
        if (!reader.has('reason')) reader.refuse('reason', 'required', 'Required.');
        const note = reader.nullableText('note', { max: 500 }) ?? null;
        reader.finish();
        if (!isCancellable(order.record)) {
          throw refusal('not_cancellable', 'It is cancelled already or on its way.', order);
        }
        const cancellation = { reason: reason!, note, actor: request.caller.userId ?? null };
        if (!desk.needsWarehouse(order)) return answer(200, desk.cancel(order, cancellation), none);
        desk.ask(order, cancellation);
        return answer(202, order, none);
      },
    },
  ];
}

function answer(status: number, order: WholeOrder, include: ReadonlySet<OrderPart>): Reply {
  const headers = { ETag: etagOf(order.record.version), 'Cache-Control': 'no-store' };
  return { status, headers, body: showOrder(order, include) };
}

function refusal(code: string, detail: string, { record }: WholeOrder): Problem {
  return new Problem(409, code, detail, {
    members: { allowed_actions: allowedActions(record), current_version: record.version },
  });
}

function versionMismatch({ record }: WholeOrder): Problem {
  return new Problem(412, 'version_mismatch', 'The record has changed since it was read.', {
    headers: { ETag: etagOf(record.version) },
    members: { current_version: record.version },
  });
}
