/** What order-service and payment-service tell each other; signed, in order, until it arrives. */

/** payment-service to order-service, as `payments.changed`: all payments of the order as they are now. */
export interface PaymentsChanged {
  order_id: string;
  payments: PaymentSummary[];
  /** What just happened, for the order's own history. */
  change: { type: 'payment' | 'refund'; ref_id: string; state: string; at: string; actor: string | null };
}

export interface PaymentSummary {
  id: string;
  status: string;
  /** It was tried and refused. */
  has_failed: boolean;
  amount_captured: number;
  amount_refunded: number;
}

/** order-service to payment-service, as `order.placed`: what may be charged for it, and whom. */
export interface OrderPlaced {
  id: string;
  customer_id: string;
  currency: string;
  total: number;
}

/** order-service to payment-service, as `order.cancelled`: release or give back what was paid. */
export interface OrderCancelled {
  id: string;
}
