import { startService, type RunningService } from '../kit/service.ts';
import type { ServiceOptions } from '../kit/service-options.ts';
import { createCancellationDesk } from './cancellation-desk.ts';
import { createOrderStore } from './order-store.ts';
import { orderTables, seedOrders } from './order-tables.ts';
import { paymentInbox } from './payment-inbox.ts';
import { readRoutes } from './read-routes.ts';
import { writeRoutes } from './write-routes.ts';

/** Orders, their lines, shipments and events: schema/upstreams/order-service.openapi.yaml. */
export function startOrderService(options: ServiceOptions): Promise<RunningService> {
  return startService(
    {
      name: 'order-service',
      dataVersion: 2,
      tables: orderTables,
      seed: seedOrders,
      build(base) {
        const orders = createOrderStore(base);
        const desk = createCancellationDesk(orders, base.log, () => base.outbox.worker.kick());
        return {
          routes: [...readRoutes(orders), ...writeRoutes(orders, desk), paymentInbox(orders, options.webhookSecret)],
          workers: [desk.worker],
          toPreviousContract: withoutNewFields,
        };
      },
    },
    options,
  );
}

/** Before 1.1, lines had no `refunded_quantity` and events no `state`. */
function withoutNewFields(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (name, value) => {
    if (name === 'refunded_quantity') return undefined;
    if (typeof value === 'object' && value !== null && 'ref_id' in value) delete value.state;
    return value;
  });
}
