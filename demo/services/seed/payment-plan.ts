import { timestamp } from '../kit/clock.ts';
import { challengeOf } from '../payment-service/challenge.ts';
import { giftCard, transfer, wallet } from '../payment-service/instruments.ts';
import type { Dispute, Payment, Refund } from '../payment-service/payment-records.ts';
import type { OrderPlan } from './order-plan.ts';
import { PaymentScript } from './payment-script.ts';
import type { PaymentPattern } from './scenarios.ts';
import { dayMs } from './user-plan.ts';

export interface PaymentPlan {
  payments: Payment[];
  refunds: Refund[];
  disputes: Dispute[];
}

/** The payments of a seeded order, as its story has it. */
export function planPayments(order: OrderPlan): PaymentPlan {
  const script = new PaymentScript(order);
  tellings[order.scenario.payments](script, order);
  return { payments: script.payments, refunds: script.refunds, disputes: script.disputes };
}

const tellings: Record<PaymentPattern, (script: PaymentScript, order: OrderPlan) => void> = {
  none: () => {},
  paid: (script, { total }) => void script.addPaid(total),
  authorized(script, { total }) {
    const reserved = { status: 'requires_capture', capture_method: 'manual', amount_capturable: script.money(total) };
    script.add(total, reserved, [script.step('authorization', 'success', total)]);
  },
  failed: (script, { total }) => void script.addFailed(total),
  requires_action(script, { total }) {
    const payment = script.add(total, { status: 'requires_action' }, []);
    payment.next_action = challengeOf(payment.id, script.paidAtMs + 30 * dayMs);
  },
  processing(script, { total }) {
    script.add(total, { status: 'processing', payment_method: transfer }, [script.step('capture', 'pending', total)]);
  },
  voided(script, { total }) {
    const voidedAtMs = script.paidAtMs + dayMs;
    const voided = { status: 'canceled', capture_method: 'manual', canceled_at: timestamp(voidedAtMs) };
    const release = script.step('void', 'success', total, voidedAtMs);
    script.add(total, voided, [script.step('authorization', 'success', total), release]);
  },
  refunded: (script, { total }) => script.addRefund(script.addPaid(total), total, 'succeeded'),
  partly_refunded: (script, { total }) => script.addRefund(script.addPaid(total), partOf(total, 3), 'succeeded'),
  refund_pending: (script, { total }) => script.addRefund(script.addPaid(total), partOf(total, 2), 'pending'),
  refund_failed: (script, { total }) => script.addRefund(script.addPaid(total), total, 'failed'),
  disputed: (script, { total }) => script.addDispute(script.addPaid(total)),
  split(script, { total }) {
    script.addPaid(partOf(total, 4), { payment_method: giftCard });
    script.addPaid(total - partOf(total, 4), { payment_method: wallet('apple_pay') });
  },
  part_captured: (script, { total }) => void script.addPaid(partOf(total, 2)),
  paid_at_second_try(script, { total, placedAtMs }) {
    script.addFailed(total, placedAtMs + 2_000);
    script.addPaid(total);
  },
};

function partOf(total: number, parts: number): number {
  return Math.max(1, Math.floor(total / parts));
}
