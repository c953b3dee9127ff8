import { timestamp } from '../kit/clock.ts';
import type { Dispute, Money, Payment, Refund, Transaction } from '../payment-service/payment-records.ts';
import { identities } from './identities.ts';
import type { OrderPlan } from './order-plan.ts';
import { type Dice, diceFor } from './random.ts';
import { dayMs } from './user-plan.ts';

type Step = Omit<Transaction, 'id'>;

export const numberOf = (orderIndex: number): string => `F-${100_001 + orderIndex}`;

/** Writes down the payments of one seeded order, step by step, as its story is told. */
export class PaymentScript {
  readonly payments: Payment[] = [];
  readonly refunds: Refund[] = [];
  readonly disputes: Dispute[] = [];
  /** When the customer paid, some seconds after placing the order. */
  readonly paidAtMs: number;
  readonly #order: OrderPlan;
  readonly #dice: Dice;

  constructor(order: OrderPlan) {
    this.#order = order;
    this.#dice = diceFor(`payments ${order.index}`);
    this.paidAtMs = order.placedAtMs + this.#dice.integer(5, 90) * 1_000;
  }

  money(amount: number): Money {
    return { amount, currency: this.#order.currency };
  }

  step(type: Transaction['type'], state: Transaction['state'], amount: number, atMs = this.paidAtMs): Step {
    return { type, state, amount: this.money(amount), at: timestamp(atMs) };
  }

  /** A payment by card that `change` makes what it is to be. */
  add(amount: number, change: Partial<Payment>, steps: readonly Step[], atMs = this.paidAtMs): Payment {
    const dice = this.#dice;
    const id = `pay_${dice.letters(14)}`;
    const card = {
      brand: dice.pick(['visa', 'mastercard', 'amex']),
      last4: String(dice.integer(1000, 9999)),
      exp_month: dice.integer(1, 12),
      exp_year: dice.integer(2027, 2031),
    };
    const payment: Payment = {
      id,
      order_id: this.#order.id,
      customer_id: this.#order.customer.id,
      status: 'succeeded',
      amount: this.money(amount),
      amount_capturable: this.money(0),
      amount_captured: this.money(0),
      amount_refunded: this.money(0),
      currency: this.#order.currency,
      capture_method: 'automatic',
      payment_method: { type: 'card', card, wallet: null },
      next_action: null,
      last_error: null,
      transactions: steps.map((step, index) => Object.assign({ id: `txn_${id.slice(4)}${index}` }, step)),
      statement_descriptor: `FACET ${numberOf(this.#order.index)}`,
      receipt_url: null,
      created_at: timestamp(atMs),
      captured_at: null,
      canceled_at: null,
      metadata: {},
      ...change,
    };
    this.payments.push(payment);
    return payment;
  }

  addPaid(amount: number, change: Partial<Payment> = {}): Payment {
    const capturedAtMs = this.paidAtMs + 1_000;
    const captured = { amount_captured: this.money(amount), captured_at: timestamp(capturedAtMs), ...change };
    const payment = this.add(amount, captured, [
      this.step('authorization', 'success', amount),
      this.step('capture', 'success', amount, capturedAtMs),
    ]);
    payment.receipt_url = `https://receipts.facet.example/${payment.id}`;
    return payment;
  }

  addFailed(amount: number, atMs = this.paidAtMs): Payment {
    const decline_code = this.#dice.pick(['insufficient_funds', 'card_declined', 'do_not_honor']);
    const last_error = { code: 'payment_declined', decline_code, message: 'The issuer refused.', retryable: true };
    const refusal = this.step('authorization', 'failure', amount, atMs);
    return this.add(amount, { status: 'requires_payment_method', last_error }, [refusal], atMs);
  }

  /** Some days after paying; counts against the payment unless it failed. */
  addRefund(payment: Payment, amount: number, status: 'pending' | 'succeeded' | 'failed'): void {
    const dice = this.#dice;
    const atMs = this.paidAtMs + 4 * dayMs + dice.integer(0, dayMs);
    const states = { pending: 'pending', succeeded: 'success', failed: 'failure' } as const;
    const refunded = payment.amount_refunded.amount + (status === 'failed' ? 0 : amount);
    payment.amount_refunded = this.money(refunded);
    const step = this.step('refund', states[status], amount, atMs);
    payment.transactions.push({ id: `txn_${dice.letters(14)}`, ...step });
    this.refunds.push({
      id: `ref_${dice.letters(14)}`,
      payment_id: payment.id,
      order_id: payment.order_id,
      customer_id: payment.customer_id,
      amount: this.money(amount),
      status,
      reason: dice.pick(['requested_by_customer', 'duplicate', 'other']),
      failure_reason: status === 'failed' ? 'closed_account' : null,
      created_at: timestamp(atMs),
    });
  }

  /** The customer contests the charge; the demo customer's still waits for an answer. */
  addDispute(payment: Payment): void {
    const dice = this.#dice;
    const { amount } = payment.amount;
    const atMs = this.paidAtMs + 10 * dayMs;
    const isDemo = payment.customer_id === identities.customer.id;
    const status = isDemo ? 'needs_response' : dice.pick(['needs_response', 'under_review', 'won']);
    const step = this.step('chargeback', status === 'won' ? 'failure' : 'pending', amount, atMs);
    payment.transactions.push({ id: `txn_${dice.letters(14)}`, ...step });
    this.disputes.push({
      id: `dsp_${dice.letters(14)}`,
      payment_id: payment.id,
      order_id: payment.order_id,
      customer_id: payment.customer_id,
      status,
      reason: dice.pick(['product_not_received', 'fraudulent', 'duplicate']),
      amount: this.money(amount),
      due_at: status === 'needs_response' ? timestamp(atMs + 60 * dayMs) : null,
      created_at: timestamp(atMs),
    });
  }
}
