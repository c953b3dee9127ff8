/** Nobody is counted, here or in Redis. */
import { type ChargeResult, Limiter as Whole } from '../../src/rate-limit/limiter.ts';

export type { ChargeRequest, ChargeResult, LimiterParts } from '../../src/rate-limit/limiter.ts';

const free: Promise<ChargeResult> = Promise.resolve({ quotas: [], refusal: undefined });

export class Limiter extends Whole {
  override get isShared(): boolean {
    return false;
  }

  override burst(): undefined {}

  override blocked(): undefined {}

  override knownExhausted(): undefined {}

  override charge(): Promise<ChargeResult> {
    return free;
  }

  override settle(): void {}
}
