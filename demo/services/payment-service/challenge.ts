import { timestamp } from '../kit/clock.ts';

/** Where a customer is sent to prove that it is them. */
export function challengeOf(paymentId: string, expiresAtMs: number): { redirect_url: string; expires_at: string } {
  return { redirect_url: `https://acs.facet.example/challenge/${paymentId}`, expires_at: timestamp(expiresAtMs) };
}
