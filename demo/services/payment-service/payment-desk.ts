import { timestamp } from '../kit/clock.ts';
import { Problem } from '../kit/problem.ts';
import { challengeOf } from './challenge.ts';
import type { Money, Payment, Transaction } from './payment-records.ts';
import type { PaymentStore } from './payment-store.ts';
import { declineError, isDecline, type Outcome, type PaymentSource } from './processor.ts';

/** How long the processor takes when it does not answer at once. */
export const settlesAfterMs = 3_000;
const challengeLastsMs = 15 * 60_000;

export interface NewPayment {
  orderId: string;
  customerId: string;
  amount: Money;
  source: PaymentSource;
  isConfirmed: boolean;
  captureMethod: 'automatic' | 'manual';
  metadata: Record<string, string>;
}

/** The state machine of a payment. Every verb stores the payment and tells of it; call them inside a transaction. */
export interface PaymentDesk {
  charge(input: NewPayment, actor: string | null): Payment;
  /** Takes `amount` of what is authorized and releases the rest. */
  capture(payment: Payment, amount: number, actor: string | null): Payment;
  /** Releases what is authorized and ends the payment. */
  cancel(payment: Payment, actor: string | null): Payment;
  /** The processor, or the customer at the bank's page, has decided. */
  decide(payment: Payment, isGood: boolean): Payment;
}

export function createPaymentDesk(payments: PaymentStore): PaymentDesk {
  const settleAt = (): number => payments.now() + settlesAfterMs;
  const step = (type: Transaction['type'], state: Transaction['state'], amount: Money): Transaction => ({
    id: newId('txn'),
    type,
    state,
    amount,
    at: timestamp(payments.now()),
  });
  const store = (
    payment: Payment,
    outcome: Outcome,
    actor: string | null,
    settleAtMs: number | null = null,
  ): Payment => {
    payments.save(payment, { outcome, settleAtMs }, actor);
    return payment;
  };
  const succeeded = (payment: Payment, captured: Money): Payment => ({
    ...payment,
    status: 'succeeded',
    amount_capturable: none(payment),
    amount_captured: captured,
    next_action: null,
    captured_at: timestamp(payments.now()),
    receipt_url: `https://receipts.facet.example/${payment.id}`,
  });
  const refused = (payment: Payment, declineCode: Outcome): Payment => ({
    ...payment,
    status: 'requires_payment_method',
    next_action: null,
    last_error: declineError(declineCode),
  });

  return {
    charge(input, actor) {
      const { outcome } = input.source;
      const payment = newPayment(input, payments.now());
      const { amount } = payment;
      if (!input.isConfirmed) return store({ ...payment, status: 'requires_confirmation' }, outcome, actor);
      if (isDecline(outcome)) {
        return store(withStep(refused(payment, outcome), step('authorization', 'failure', amount)), outcome, actor);
      }
      if (outcome === 'requires_action') {
        const challenge = challengeOf(payment.id, payments.now() + challengeLastsMs);
        return store({ ...payment, status: outcome, next_action: challenge }, outcome, actor);
      }
      if (outcome === 'processing' || outcome === 'processing_fails') {
        const waiting = withStep({ ...payment, status: 'processing' }, step('capture', 'pending', amount));
        return store(waiting, outcome, actor, settleAt());
      }
      const authorized = withStep(payment, step('authorization', 'success', amount));
      if (input.captureMethod === 'manual') {
        return store({ ...authorized, status: 'requires_capture', amount_capturable: amount }, outcome, actor);
      }
      return store(withStep(succeeded(authorized, amount), step('capture', 'success', amount)), outcome, actor);
    },

    capture(payment, minorUnits, actor) {
      if (payment.status !== 'requires_capture') throw wrongState(payment, 'captured');
      const amount = { amount: minorUnits, currency: payment.currency };
      const outcome = payments.outcomeOf(payment.id);
      if (outcome === 'slow_capture') {
        const waiting = withStep({ ...payment, status: 'processing' }, step('capture', 'pending', amount));
        return store(waiting, outcome, actor, settleAt());
      }
      const rest = payment.amount_capturable.amount - minorUnits;
      const captured = withStep(succeeded(payment, amount), step('capture', 'success', amount));
      const released = step('void', 'success', { ...amount, amount: rest });
      return store(rest > 0 ? withStep(captured, released) : captured, outcome, actor);
    },

    cancel(payment, actor) {
      if (payment.status === 'succeeded' || payment.status === 'canceled') throw wrongState(payment, 'cancelled');
      const isReserved = payment.status === 'requires_capture';
      const canceled: Payment = {
        ...payment,
        status: 'canceled',
        amount_capturable: none(payment),
        next_action: null,
        canceled_at: timestamp(payments.now()),
        transactions: payment.transactions.map((old) => (old.state === 'pending' ? ended(old, 'failure') : old)),
      };
      const voided = step('void', 'success', payment.amount);
      return store(isReserved ? withStep(canceled, voided) : canceled, payments.outcomeOf(payment.id), actor);
    },

    decide(payment, isGood) {
      const pending = payment.transactions.find(({ type, state }) => type === 'capture' && state === 'pending');
      const amount = pending?.amount ?? payment.amount;
      const transactions = payment.transactions.filter((old) => old !== pending);
      transactions.push(
        pending
          ? ended(pending, isGood ? 'success' : 'failure')
          : step('capture', isGood ? 'success' : 'failure', amount),
      );
      const decided = isGood ? succeeded(payment, amount) : refused(payment, 'authentication_failed');
      return store({ ...decided, transactions }, payments.outcomeOf(payment.id), 'system');
    },
  };

  function ended(transaction: Transaction, state: Transaction['state']): Transaction {
    return { ...transaction, state, at: timestamp(payments.now()) };
  }
}

export function wrongState(payment: Payment, verb: string): Problem {
  return new Problem(409, 'wrong_state', `A payment that is ${payment.status} can't be ${verb}.`);
}

export function newId(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;
}

function none({ currency }: Payment): Money {
  return { amount: 0, currency };
}

function withStep(payment: Payment, transaction: Transaction): Payment {
  return { ...payment, transactions: [...payment.transactions, transaction] };
}

function newPayment(input: NewPayment, nowMs: number): Payment {
  const nothing = { amount: 0, currency: input.amount.currency };
  return {
    id: newId('pay'),
    order_id: input.orderId,
    customer_id: input.customerId,
    status: 'requires_payment_method',
    amount: input.amount,
    amount_capturable: nothing,
    amount_captured: nothing,
    amount_refunded: nothing,
    currency: input.amount.currency,
    capture_method: input.captureMethod,
    payment_method: input.source.snapshot,
    next_action: null,
    last_error: null,
    transactions: [],
    statement_descriptor: 'FACET',
    receipt_url: null,
    created_at: timestamp(nowMs),
    captured_at: null,
    canceled_at: null,
    metadata: input.metadata,
  };
}
