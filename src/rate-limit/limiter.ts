import type { RateLimitConfig } from '../config/sections/rate-limit.ts';
import type { Quota } from '../context/quota.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { BurstGuard } from './burst-guard.ts';
import { ExhaustedConsumers } from './exhausted.ts';
import { Heartbeat } from './heartbeat.ts';
import type { CounterState, LimitCharge, MachineCounters, SharedCounters, Verdict } from './limit-store.ts';
import { MemoryStore } from './memory-store.ts';
import type { Override } from './override-store.ts';
import { Overrides } from './overrides.ts';
import { RedisStore } from './redis-store.ts';
import { blocked, rateLimited } from './refusal.ts';
import { type Settlement, Settlements } from './settlement.ts';
import { costWindowMs, Tiers } from './tiers.ts';

export interface LimiterParts {
  readonly config: RateLimitConfig;
  /** Name of this process's profile: some limits are its own. */
  readonly profile: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Absent: counts stay on this machine, at limit / `rateLimit.instances`. */
  readonly redis?: RedisClient | undefined;
  /** What the workers of one machine count together; absent where there is only one. */
  readonly machine?: MachineCounters | undefined;
  /** The limiter of the configuration before: what was counted in this process stays counted. */
  readonly previous?: Limiter | undefined;
}

export interface ChargeRequest {
  /** From `consumerOf`. */
  readonly consumer: string;
  readonly tier: string;
  readonly operationName: string | undefined;
  /** Estimated cost units with this request's variables. */
  readonly cost: number;
}

export interface ChargeResult {
  /** `consumer` first, then `cost`, then the limits of profile and operation where there are any. */
  readonly quotas: readonly Quota[];
  /** `RATE_LIMITED` when one of them had no room; then none of them was charged. */
  readonly refusal: GatewayError | undefined;
}

/** How often settlements and bursts travel to those who count together. */
const flushMs = 100;

/**
 * All counting of callers. Refusals are returned, not thrown, so that a trial run (`enforcement.limits: report`) can let them
 * pass. With Redis the counts are shared; while it is lost each instance goes on alone with its share of every limit, so that no
 * request fails for it and no limit is open.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #tiers: Tiers;
  readonly #redis: RedisClient | undefined;
  readonly #shared: RedisStore | undefined;
  readonly #machine: MachineCounters | undefined;
  readonly #local: MemoryStore;
  readonly #burst: BurstGuard;
  readonly #exhausted: ExhaustedConsumers;
  readonly #settlements = new Settlements();
  readonly #heartbeat: Heartbeat | undefined;
  readonly #overrides: Overrides | undefined;
  readonly #configuredInstances: number;
  readonly #decisions;
  #accepted: number;
  readonly #stopWatching: (() => void) | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor({ config, profile, clock, logger, metrics, redis, machine, previous }: LimiterParts) {
    this.#clock = clock;
    this.#tiers = new Tiers(config, profile);
    this.#redis = redis;
    this.#shared = redis && new RedisStore(redis);
    this.#machine = machine;
    this.#local = previous ? previous.#local : new MemoryStore(clock);
    this.#exhausted = new ExhaustedConsumers(clock);
    this.#burst = new BurstGuard(config, clock, () => (this.isShared ? 1 : this.#machines));
    this.#configuredInstances = config.instances;
    this.#heartbeat = redis && new Heartbeat(redis, config.instances);
    this.#overrides = redis && new Overrides(redis, clock, logger, (consumer) => this.#exhausted.forget(consumer));
    this.#decisions = metrics.counter('facet_rate_limit_refusals_total', 'Requests over a limit, by limit and tier', [
      'quota',
      'tier',
    ]);
    this.#accepted = previous ? previous.#accepted : 0;
    const accepted = 'Requests that were charged and are within every limit.';
    metrics.counting('facet_rate_limit_accepted_total', accepted, () => this.#accepted);
    const shared = metrics.gauge('facet_rate_limit_shared', '1 while limits are counted for all instances together');
    shared.set(this.isShared ? 1 : 0);
    this.#stopWatching = redis?.onAvailability((available) => shared.set(available ? 1 : 0));
    this.#timer = setInterval(() => void this.flush(), flushMs).unref();
  }

  /** Are limits counted for all instances together at present? */
  get isShared(): boolean {
    return this.#redis?.available ?? false;
  }

  /** Who counts at present: all instances together, the workers of each machine, or each process alone. */
  get counted(): 'everywhere' | 'machine' | 'process' {
    return this.isShared ? 'everywhere' : this.#machine ? 'machine' : 'process';
  }

  /** How many instances share the limits, as far as known. */
  get instances(): number {
    // One that has just started may have heard of itself alone.
    return Math.max(this.#heartbeat?.instances ?? this.#configuredInstances, this.#machine?.workers ?? 1);
  }

  /** Stage 3: the burst guard and the address lists. From memory, at once. */
  burst(address: string, nowMs = this.#clock.monotonic()): GatewayError | undefined {
    const refusal = this.#burst.check(address, nowMs);
    if (refusal?.code === 'RATE_LIMITED') this.#decisions.inc({ quota: 'burst', tier: '' });
    return refusal;
  }

  /** Decisions of operators that are in force. */
  get overrides(): readonly Override[] {
    return this.#overrides?.list() ?? [];
  }

  /** Stage 6: has an operator blocked this consumer? Never only reported: people decided it for this one. */
  blocked(consumer: string): GatewayError | undefined {
    const override = this.#overrides?.of(consumer);
    return override?.action === 'block' ? blocked(override.until - this.#clock.now()) : undefined;
  }

  /** Stage 6: is this consumer known to have nothing left? From memory, at once. */
  knownExhausted(consumer: string, tier: string): GatewayError | undefined {
    const refusal = this.#exhausted.find(consumer);
    if (refusal) this.#count(String(refusal.details?.['quota']), tier);
    return refusal;
  }

  /** Stage 10: counts consumer, operation and cost in one round trip, which requests of one moment share. Never rejects. */
  async charge({ consumer, tier, operationName, cost }: ChargeRequest): Promise<ChargeResult> {
    const throttle = this.#overrides?.of(consumer)?.requestsPerMinute;
    const together = this.#together;
    if (together) {
      const divisor = together === this.#shared ? 1 : this.#machines;
      const charges = this.#tiers.charges(tier, operationName, cost, throttle, divisor);
      try {
        return this.#conclude(consumer, tier, charges, await together.charge(consumer, charges));
      } catch {
        // Lost on the way, which the connection tells: this request counts locally, like those after it.
      }
    }
    const share = this.#tiers.charges(tier, operationName, cost, throttle, this.instances);
    return this.#conclude(consumer, tier, share, this.#local.charge(consumer, share));
  }

  /** Stage 14: gives back what was estimated but not used, in the background. */
  settle(settlement: Settlement): void {
    this.#settlements.add(settlement);
  }

  /** Sends what waits: settlements and bursts. Called every 100 ms; never rejects. */
  async flush(): Promise<void> {
    const together = this.#together;
    await Promise.all([
      this.#settlements.flush(async (consumer, amount) => {
        await (together ?? this.#local).adjust(consumer, 'cost', costWindowMs, amount);
        if (amount < 0) this.#exhausted.forget(consumer, 'cost');
      }),
      this.#burst.flush(
        together && ((network, windowMs, amount) => together.adjust(network, 'burst', windowMs, amount)),
      ),
    ]);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopWatching?.();
    this.#overrides?.close();
    await this.flush();
    await this.#heartbeat?.close();
  }

  /** With whom this process counts at present. */
  get #together(): SharedCounters | undefined {
    return this.isShared ? this.#shared : this.#machine;
  }

  /** By how many a limit is divided while each machine counts alone. Every worker is an instance. */
  get #machines(): number {
    return Math.ceil(this.instances / (this.#machine?.workers ?? 1));
  }

  #conclude(
    consumer: string,
    tier: string,
    charges: readonly LimitCharge[],
    { accepted, states }: Verdict,
  ): ChargeResult {
    const quotas: Quota[] = [];
    let worst = -1;
    let waitMs = 0;
    for (let index = 0; index < charges.length; index++) {
      const { counter, limit, windowMs } = charges[index] as LimitCharge;
      const state = states[index] as CounterState;
      quotas.push({
        name: nameOf(counter),
        limit,
        remaining: Math.max(0, limit - state.used),
        resetSeconds: Math.ceil(state.resetMs / 1000),
        windowSeconds: windowMs / 1000,
      });
      if (state.waitMs > waitMs) {
        waitMs = state.waitMs;
        worst = index;
      }
    }
    const quota = quotas[worst];
    if (accepted || !quota) {
      this.#accepted++;
      return { quotas, refusal: undefined };
    }
    this.#count(quota.name, tier);
    // Nothing at all fits: an operation of one request and one unit would be refused too.
    if (quota.remaining === 0 && (quota.name === 'consumer' || quota.name === 'cost'))
      this.#exhausted.remember(consumer, quota, waitMs);
    return { quotas, refusal: rateLimited(quota, waitMs) };
  }

  #count(quota: string, tier: string): void {
    this.#decisions.inc({ quota, tier: this.#tiers.nameOf(tier) });
  }
}

/** A counter's public name: `operation:PayOrder` is `operation`. */
function nameOf(counter: string): string {
  const colon = counter.indexOf(':');
  return colon < 0 ? counter : counter.slice(0, colon);
}
