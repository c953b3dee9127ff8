import { derivedPaymentState } from '../../domain/payment-state.ts';
import type { OrderRecord, PaymentRecord } from '../../domain/records.ts';
import type { Metrics } from '../../telemetry/metrics.ts';

export type ComparePaymentState = (order: OrderRecord, payments: readonly PaymentRecord[]) => void;

/**
 * Counts how often the order service's word on how far an order is paid differs from what its payments say. Some lag is normal, since the
 * services tell each other by events; a count that stays up means that they have lost each other.
 */
export function createPaymentStateDrift(metrics: Metrics): ComparePaymentState {
  const counter = metrics.counter(
    'facet_payment_state_drift_total',
    'Orders shown whose payment state differs from what their payments say, by the state told and the state derived.',
    ['told', 'derived'],
  );
  return (order, payments) => {
    const derived = derivedPaymentState(order, payments);
    if (derived !== order.paymentState) counter.inc({ told: order.paymentState, derived });
  };
}
