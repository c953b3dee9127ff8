import { timestamp } from '../kit/clock.ts';
import type { Dispute, Money, Payment, Refund, Transaction } from '../payment-service/payment-records.ts';
import type { OrderPlan } from './order-plan.ts';
import { diceFor } from './random.ts';
import { dayMs } from './user-plan.ts';

export interface PaymentPlan {
  payments: Payment[];
  refunds: Refund[];
  disputes: Dispute[];
}

export const numberOf = (orderIndex: number): string => `F-${100_001 + orderIndex}`;

/** The payments of a seeded order, as its story has it. */
export function planPayments(order: OrderPlan): PaymentPlan {
  const dice = diceFor(`payments ${order.index}`);
  const plan: PaymentPlan = { payments: [], refunds: [], disputes: [] };
  const money = (amount: number): Money => ({ amount, currency: order.currency });
  const owner = { order_id: order.id, customer_id: order.customer.id };
  const paidAtMs = order.placedAtMs + dice.integer(5, 90) * 1_000;

  const add = (
    amount: number,
    change: Partial<Payment>,
    steps: Omit<Transaction, 'id'>[],
    atMs = paidAtMs,
  ): Payment => {
    const id = `pay_${dice.letters(14)}`;
    const payment: Payment = {
      id,
      ...owner,
      status: 'succeeded',
      amount: money(amount),
      amount_capturable: money(0),
      amount_captured: money(0),
      amount_refunded: money(0),
      currency: order.currency,
      capture_method: 'automatic',
      payment_method: {
        type: 'card',
        card: {
          brand: dice.pick(['visa', 'mastercard', 'amex']),
          last4: String(dice.integer(1000, 9999)),
          exp_month: dice.integer(1, 12),
          exp_year: dice.integer(2027, 2031),
        },
        wallet: null,
      },
      next_action: null,
      last_error: null,
      transactions: steps.map((step, index) => ({ id: `txn_${id.slice(4)}${index}`, ...step })),
      statement_descriptor: `FACET ${numberOf(order.index)}`,
      receipt_url: null,
      created_at: timestamp(atMs),
      captured_at: null,
      canceled_at: null,
      metadata: {},
      ...change,
    };
    plan.payments.push(payment);
    return payment;
  };
  const step = (type: Transaction['type'], state: Transaction['state'], amount: number, atMs: number) => ({
    type,
    state,
    amount: money(amount),
    at: timestamp(atMs),
  });
  const addPaid = (amount: number, captured = amount, change: Partial<Payment> = {}): Payment => {
    const at = paidAtMs + 1_000;
    const payment = add(amount, { amount_captured: money(captured), captured_at: timestamp(at), ...change }, [
      step('authorization', 'success', amount, paidAtMs),
      step('capture', 'success', captured, at),
    ]);
    payment.receipt_url = `https://receipts.facet.example/${payment.id}`;
    return payment;
  };
  const addFailed = (atMs = paidAtMs): Payment => {
    const code = dice.pick(['insufficient_funds', 'card_declined', 'do_not_honor']);
    const last_error = {
      code: 'payment_declined',
      decline_code: code,
      message: 'The issuer refused.',
      retryable: true,
    };
    return add(
      order.total,
      { status: 'requires_payment_method', last_error },
      [step('authorization', 'failure', order.total, atMs)],
      atMs,
    );
  };
  const addRefund = (payment: Payment, amount: number, status: string): void => {
    const atMs = paidAtMs + 4 * dayMs + dice.integer(0, dayMs);
    const isFailed = status === 'failed';
    const state = { pending: 'pending', succeeded: 'success', failed: 'failure' }[status] as Transaction['state'];
    if (!isFailed) payment.amount_refunded = money(payment.amount_refunded.amount + amount);
    payment.transactions.push({ id: `txn_${dice.letters(14)}`, ...step('refund', state, amount, atMs) });
    plan.refunds.push({
      id: `ref_${dice.letters(14)}`,
      payment_id: payment.id,
      ...owner,
      amount: money(amount),
      status,
      reason: dice.pick(['requested_by_customer', 'duplicate', 'other']),
      failure_reason: isFailed ? 'closed_account' : null,
      created_at: timestamp(atMs),
    });
  };

  const { total } = order;
  switch (order.scenario.payments) {
    case 'none':
      break;
    case 'paid':
      addPaid(total);
      break;
    case 'authorized':
      add(total, { status: 'requires_capture', capture_method: 'manual', amount_capturable: money(total) }, [
        step('authorization', 'success', total, paidAtMs),
      ]);
      break;
    case 'failed':
      addFailed();
      break;
    case 'requires_action': {
      const payment = add(total, { status: 'requires_action' }, []);
      payment.next_action = challengeOf(payment.id, paidAtMs + 30 * dayMs);
      break;
    }
    case 'processing':
      add(total, { status: 'processing', payment_method: { type: 'bank_transfer', card: null, wallet: null } }, [
        step('capture', 'pending', total, paidAtMs),
      ]);
      break;
    case 'voided':
      add(total, { status: 'canceled', capture_method: 'manual', canceled_at: timestamp(paidAtMs + dayMs) }, [
        step('authorization', 'success', total, paidAtMs),
        step('void', 'success', total, paidAtMs + dayMs),
      ]);
      break;
    case 'refunded':
      addRefund(addPaid(total), total, 'succeeded');
      break;
    case 'partly_refunded':
      addRefund(addPaid(total), Math.max(1, Math.floor(total / 3)), 'succeeded');
      break;
    case 'refund_pending':
      addRefund(addPaid(total), Math.max(1, Math.floor(total / 2)), 'pending');
      break;
    case 'refund_failed':
      addRefund(addPaid(total), total, 'failed');
      break;
    case 'disputed': {
      const payment = addPaid(total);
      const atMs = paidAtMs + 10 * dayMs;
      const status =
        order.customer.id === 'usr_customer01'
          ? 'needs_response'
          : dice.pick(['needs_response', 'under_review', 'won']);
      payment.transactions.push({
        id: `txn_${dice.letters(14)}`,
        ...step('chargeback', status === 'won' ? 'failure' : 'pending', total, atMs),
      });
      plan.disputes.push({
        id: `dsp_${dice.letters(14)}`,
        payment_id: payment.id,
        ...owner,
        status,
        reason: dice.pick(['product_not_received', 'fraudulent', 'duplicate']),
        amount: money(total),
        due_at: status === 'needs_response' ? timestamp(atMs + 60 * dayMs) : null,
        created_at: timestamp(atMs),
      });
      break;
    }
    case 'split': {
      const first = Math.floor(total / 4);
      addPaid(first, first, { payment_method: { type: 'gift_card', card: null, wallet: null } });
      addPaid(total - first, total - first, {
        payment_method: { type: 'wallet', card: null, wallet: { provider: 'apple_pay' } },
      });
      break;
    }
    case 'part_captured':
      addPaid(Math.floor(total / 2));
      break;
    case 'paid_at_second_try':
      addFailed(order.placedAtMs + 2_000);
      addPaid(total);
      break;
  }
  return plan;
}

/** Where a customer is sent to prove that it is them. */
export function challengeOf(paymentId: string, expiresAtMs: number): { redirect_url: string; expires_at: string } {
  return { redirect_url: `https://acs.facet.example/challenge/${paymentId}`, expires_at: timestamp(expiresAtMs) };
}
