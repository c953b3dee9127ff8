import type {
  CardRecord,
  DisputeRecord,
  PaymentMethodRecord,
  PaymentRecord,
  RefundRecord,
} from '../../../domain/records.ts';
import {
  paymentStatuses,
  refundReasons,
  refundStatuses,
  transactionStates,
  transactionTypes,
} from '../../../domain/states.ts';
import type { Card, Dispute, Payment, PaymentMethod, Refund } from '../../../generated/payment-service.ts';
import { openState } from './open-state.ts';
import { moneyRecord } from './value-records.ts';

export function paymentRecord(wire: Payment): PaymentRecord {
  return {
    id: wire.id,
    orderId: wire.order_id,
    customerId: wire.customer_id,
    status: openState(paymentStatuses, americanToBritish(wire.status)),
    amount: moneyRecord(wire.amount),
    amountCapturable: moneyRecord(wire.amount_capturable),
    amountCaptured: moneyRecord(wire.amount_captured),
    amountRefunded: moneyRecord(wire.amount_refunded),
    instrument: wire.payment_method && {
      type: wire.payment_method.type,
      card: wire.payment_method.card ? cardRecord(wire.payment_method.card) : null,
    },
    nextAction: wire.next_action && {
      redirectUrl: wire.next_action.redirect_url,
      expiresAt: wire.next_action.expires_at,
    },
    failure: wire.last_error && {
      code: wire.last_error.code,
      declineCode: wire.last_error.decline_code,
      message: wire.last_error.message,
      retryable: wire.last_error.retryable,
    },
    transactions: wire.transactions.map(({ id, type, state, amount, at }) => ({
      id,
      type: openState(transactionTypes, type),
      state: openState(transactionStates, state),
      amount: moneyRecord(amount),
      at,
    })),
    refunds: wire.refunds?.map(refundRecord) ?? null,
    receiptUrl: wire.receipt_url ?? null,
    createdAt: wire.created_at,
    capturedAt: wire.captured_at,
    cancelledAt: wire.canceled_at,
    intent: wire.metadata?.['intent'] ?? null,
  };
}

export function refundRecord(wire: Refund): RefundRecord {
  return {
    id: wire.id,
    paymentId: wire.payment_id,
    orderId: wire.order_id,
    customerId: wire.customer_id,
    status: openState(refundStatuses, americanToBritish(wire.status)),
    amount: moneyRecord(wire.amount),
    reason: wire.reason === null ? null : openState(refundReasons, wire.reason),
    failureReason: wire.failure_reason,
    createdAt: wire.created_at,
  };
}

export function paymentMethodRecord(wire: PaymentMethod): PaymentMethodRecord {
  return {
    id: wire.id,
    type: wire.type,
    isDefault: wire.is_default,
    label: wire.label,
    card: wire.card ? cardRecord(wire.card) : null,
    wallet: wire.wallet ? { provider: wire.wallet.provider } : null,
  };
}

export function disputeRecord(wire: Dispute): DisputeRecord {
  return { id: wire.id, paymentId: wire.payment_id, status: wire.status, reason: wire.reason, dueAt: wire.due_at };
}

function cardRecord(wire: Card): CardRecord {
  return { brand: wire.brand, last4: wire.last4, expiryMonth: wire.exp_month, expiryYear: wire.exp_year };
}

/** This service alone spells it `canceled`. */
function americanToBritish(status: string): string {
  return status === 'canceled' ? 'cancelled' : status;
}
