import { timestamp } from '../kit/clock.ts';
import { Problem } from '../kit/problem.ts';
import { newId, settlesAfterMs, wrongState } from './payment-desk.ts';
import type { Payment, Refund, Transaction } from './payment-records.ts';
import type { PaymentStore } from './payment-store.ts';

export interface NewRefund {
  /** Minor units; undefined gives back all that is left. */
  amount: number | undefined;
  reason: string;
  /** It will stay pending for its usual time and then fail. */
  willFail: boolean;
}

/** Money going back. A refund counts against its payment from the start; one that fails is taken off again. */
export interface RefundDesk {
  /** Pending, unless it goes to a gift card, which is settled at once. Call inside a transaction. */
  refund(payment: Payment, input: NewRefund, actor: string | null): Refund;
  settle(refund: Refund, isGood: boolean): void;
}

export function createRefundDesk(payments: PaymentStore): RefundDesk {
  return {
    refund(payment, { amount, reason, willFail }, actor) {
      if (payment.amount_captured.amount === 0) throw wrongState(payment, 'refunded');
      const refundable = refundableOf(payment);
      const minorUnits = amount ?? refundable;
      if (minorUnits > refundable || minorUnits === 0) {
        throw new Problem(422, 'refund_exceeds_balance', 'That is more than is left to refund.', {
          members: { refundable: { amount: refundable, currency: payment.currency } },
        });
      }
      const isInstant = payment.payment_method?.type === 'gift_card' && !willFail;
      const at = timestamp(payments.now());
      const money = { amount: minorUnits, currency: payment.currency };
      const refund: Refund = {
        id: newId('ref'),
        payment_id: payment.id,
        order_id: payment.order_id,
        customer_id: payment.customer_id,
        amount: money,
        status: isInstant ? 'succeeded' : 'pending',
        reason,
        failure_reason: null,
        created_at: at,
      };
      const transaction: Transaction = {
        id: transactionIdOf(refund),
        type: 'refund',
        state: isInstant ? 'success' : 'pending',
        amount: money,
        at,
      };
      const charged = withRefunded(payment, minorUnits, [...payment.transactions, transaction]);
      const settleAtMs = isInstant ? null : payments.now() + settlesAfterMs;
      payments.saveRefund(refund, charged, { outcome: willFail ? 'fails' : 'ok', settleAtMs }, actor);
      return refund;
    },

    settle(refund, isGood) {
      const payment = payments.get(refund.payment_id);
      const transactions = payment.transactions.map((old): Transaction => {
        if (old.id !== transactionIdOf(refund)) return old;
        const state = isGood ? 'success' : 'failure';
        return { id: old.id, type: old.type, amount: old.amount, state, at: timestamp(payments.now()) };
      });
      const settled = {
        ...refund,
        status: isGood ? 'succeeded' : 'failed',
        failure_reason: isGood ? null : 'closed_account',
      };
      const given = isGood ? 0 : -refund.amount.amount;
      payments.saveRefund(
        settled,
        withRefunded(payment, given, transactions),
        { outcome: 'ok', settleAtMs: null },
        'system',
      );
    },
  };
}

export function refundableOf(payment: Payment): number {
  return payment.amount_captured.amount - payment.amount_refunded.amount;
}

function transactionIdOf(refund: Refund): string {
  return `txn_${refund.id.slice('ref_'.length)}`;
}

function withRefunded(payment: Payment, change: number, transactions: Transaction[]): Payment {
  const amount = payment.amount_refunded.amount + change;
  return { ...payment, amount_refunded: { amount, currency: payment.currency }, transactions };
}
