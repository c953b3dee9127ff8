/** The contract's Money. */
export interface Money {
  amount: number;
  currency: string;
}

export interface Transaction {
  id: string;
  type: 'authorization' | 'capture' | 'refund' | 'void' | 'chargeback';
  state: 'pending' | 'success' | 'failure';
  amount: Money;
  at: string;
}

export interface PaymentError {
  code: string;
  decline_code: string | null;
  message: string;
  retryable: boolean;
}

export interface PaymentMethodSnapshot {
  type: string;
  card: { brand: string; last4: string; exp_month: number; exp_year: number } | null;
  wallet: { provider: string } | null;
}

/** The contract's Payment, without embedded refunds. */
export interface Payment {
  id: string;
  order_id: string;
  customer_id: string;
  status: string;
  amount: Money;
  amount_capturable: Money;
  amount_captured: Money;
  /** Refunded or on its way back; a refund that fails is taken off again. */
  amount_refunded: Money;
  currency: string;
  capture_method: string;
  payment_method: PaymentMethodSnapshot | null;
  next_action: { redirect_url: string; expires_at: string | null } | null;
  last_error: PaymentError | null;
  transactions: Transaction[];
  statement_descriptor: string | null;
  receipt_url: string | null;
  created_at: string;
  captured_at: string | null;
  canceled_at: string | null;
  metadata: Record<string, string>;
}

export interface Refund {
  id: string;
  payment_id: string;
  order_id: string;
  customer_id: string;
  amount: Money;
  status: string;
  reason: string | null;
  failure_reason: string | null;
  created_at: string;
}

export interface Dispute {
  id: string;
  payment_id: string;
  order_id: string;
  customer_id: string;
  status: string;
  reason: string | null;
  amount: Money;
  due_at: string | null;
  created_at: string;
}
