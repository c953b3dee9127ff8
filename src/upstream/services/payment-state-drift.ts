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
  /** Several fields of one answer ask for the same payments. */
  const compared = new WeakSet<readonly PaymentRecord[]>();
  return (order, payments) => {
    if (compared.has(payments)) return;
    compared.add(payments);
    const derived = derivedPaymentState(order, payments);
    if (derived !== order.paymentState) counter.inc({ told: order.paymentState, derived });
  };
}
