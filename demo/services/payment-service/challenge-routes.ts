import { Problem } from '../kit/problem.ts';
import type { Route } from '../kit/router.ts';
import { type PaymentDesk, wrongState } from './payment-desk.ts';
import type { PaymentStore } from './payment-store.ts';

/** Plays the customer at the bank's page: a switch for the demo and for tests, behind the control token. */
export function challengeRoutes(payments: PaymentStore, desk: PaymentDesk): Route[] {
  return [
    {
      operation: 'completeChallenge',
      method: 'POST',
      path: '/__challenges/{paymentId}',
      access: 'control',
      handle({ params, body }) {
        const outcome = (body as { outcome?: unknown } | undefined)?.outcome;
        if (outcome !== 'succeeded' && outcome !== 'failed') {
          throw new Problem(422, 'validation_failed', 'Send {"outcome": "succeeded"} or {"outcome": "failed"}.');
        }
        const payment = payments.get(params['paymentId']!);
        if (payment.status !== 'requires_action') throw wrongState(payment, 'confirmed by its customer');
        return { status: 200, body: desk.decide(payment, outcome === 'succeeded') };
      },
    },
  ];
}
