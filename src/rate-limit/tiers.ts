import type { RateLimitConfig } from '../config/sections/rate-limit.ts';
import type { LimitCharge } from './limit-store.ts';

/** Limits are written per minute. */
const windowMs = 60_000;

interface TierLimits {
  readonly requests: number;
  readonly cost: number;
  /** Of this process's profile, where the configuration has one. */
  readonly profile: number | undefined;
}

/** What a request counts against, worked out once from the configuration: a look-up at run time. */
export class Tiers {
  readonly #tiers = new Map<string, TierLimits>();
  readonly #operations: ReadonlyMap<string, RateLimitConfig['operations'][string]>;
  readonly #profileCounter: string;
  readonly #default: TierLimits;

  constructor(config: RateLimitConfig, profile: string) {
    this.#profileCounter = `profile:${profile}`;
    const profileTiers = new Map(Object.entries(config.profiles[profile]?.tiers ?? {}));
    for (const [name, { requestsPerMinute, costPerMinute }] of Object.entries(config.tiers)) {
      const limits = { requests: requestsPerMinute, cost: costPerMinute, profile: profileTiers.get(name) };
      this.#tiers.set(name, limits);
    }
    const free = this.#tiers.get('free');
    if (!free) throw new Error('rateLimit.tiers.free: needed, since unlisted tiers count as free');
    this.#default = free;
    this.#operations = new Map(Object.entries(config.operations));
  }

  /** The tier's own name if it is listed, else `free`: bounded, so it may be a metric label. */
  nameOf(tier: string): string {
    return this.#tiers.has(tier) ? tier : 'free';
  }

  /**
   * `throttle`: requests per minute that an operator leaves this consumer. `divisor`: by how many instances each limit is
   * divided; 1 while they count together.
   */
  charges(
    tier: string,
    operationName: string | undefined,
    cost: number,
    throttle = Infinity,
    divisor = 1,
  ): LimitCharge[] {
    const limits = this.#tiers.get(tier) ?? this.#default;
    const share = (limit: number): number => Math.ceil(limit / divisor);
    const charges: LimitCharge[] = [
      { counter: 'consumer', limit: share(Math.min(limits.requests, throttle)), windowMs, amount: 1 },
      { counter: 'cost', limit: share(limits.cost), windowMs, amount: Math.ceil(cost) },
    ];
    if (limits.profile !== undefined)
      charges.push({ counter: this.#profileCounter, limit: share(limits.profile), windowMs, amount: 1 });
    const operation = operationName === undefined ? undefined : this.#operations.get(operationName);
    if (operation) {
      const limit = Object.hasOwn(operation.tiers, tier) ? operation.tiers[tier] : undefined;
      charges.push({
        counter: `operation:${operationName}`,
        limit: share(limit ?? operation.requestsPerMinute),
        windowMs,
        amount: 1,
      });
    }
    return charges;
  }
}

/** The window of the cost budget, for settlements. */
export const costWindowMs = windowMs;
