import { startService, type RunningService } from '../kit/service.ts';
import type { ServiceOptions } from '../kit/service-options.ts';
import { challengeRoutes } from './challenge-routes.ts';
import { methodRoutes } from './method-routes.ts';
import { orderInbox } from './order-inbox.ts';
import { createPaymentDesk } from './payment-desk.ts';
import { paymentRoutes } from './payment-routes.ts';
import { createPaymentStore } from './payment-store.ts';
import { paymentTables, seedPayments } from './payment-tables.ts';
import { createRefundDesk } from './refund-desk.ts';
import { refundRoutes } from './refund-routes.ts';
import { createSettlementWorker } from './settlement-worker.ts';

/** Payments, refunds, saved methods and disputes: schema/upstreams/payment-service.openapi.yaml. */
export function startPaymentService(options: ServiceOptions): Promise<RunningService> {
  return startService(
    {
      name: 'payment-service',
      dataVersion: 2,
      tables: paymentTables,
      seed: seedPayments,
      build(base) {
        const payments = createPaymentStore(base);
        const paymentDesk = createPaymentDesk(payments);
        const refundDesk = createRefundDesk(payments);
        const tell = (): void => base.outbox.worker.kick();
        return {
          routes: [
            ...paymentRoutes(payments, paymentDesk),
            ...refundRoutes(payments, refundDesk),
            ...methodRoutes(base.database),
            orderInbox(payments, paymentDesk, refundDesk, options.webhookSecret),
            ...(options.controlToken === undefined ? [] : challengeRoutes(payments, paymentDesk)),
          ],
          workers: [createSettlementWorker(payments, paymentDesk, refundDesk, base.log, tell)],
          toPreviousContract: withoutNewFields,
        };
      },
    },
    options,
  );
}

/** Before 1.1, a payment had no `receipt_url`. */
function withoutNewFields(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (name, value) => (name === 'receipt_url' ? undefined : value));
}
