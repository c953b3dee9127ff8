import { LRUCache } from 'lru-cache';
import type { RateLimitConfig } from '../config/sections/rate-limit.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import { AddressRanges } from './address-rules.ts';
import { networkOf } from './keys.ts';
import { rateLimited } from './refusal.ts';
import { SlidingWindow } from './sliding-window.ts';

/** Adds to a network's shared counter and resolves to its total; rejects while nothing is shared. */
export type ShareBurst = (network: string, windowMs: number, amount: number) => Promise<number>;

interface NetworkCount {
  readonly network: string;
  readonly window: SlidingWindow;
  /** Counted here and not yet told to the others. */
  untold: number;
  /** What the others had counted when we last heard, and when that was. */
  others: number;
  heardAt: number;
}

/** `count` applies the guard; the lists are asked once for an address, not once for a request. */
interface AddressRecord {
  readonly rule: 'deny' | 'exempt' | 'count';
  readonly count: NetworkCount;
}

/** Addresses remembered; the one seen longest ago is forgotten first. */
const maxAddresses = 50_000;
/** Counts below this part of the limit stay private: nearly all addresses never cost Redis anything. */
const toldFrom = 0.05;
/** Networks told in one flush. */
const maxTold = 500;

/**
 * The shield ahead of everything: so many requests of one address in ten seconds, whoever it says it is. Decides at once from
 * this process's memory; what other instances count is learned in the background, so that the limit holds for all of them.
 */
export class BurstGuard {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #share: () => number;
  readonly #allow: AddressRanges;
  readonly #deny: AddressRanges;
  readonly #exempt: AddressRanges;
  readonly #addresses = new LRUCache<string, AddressRecord>({ max: maxAddresses });
  readonly #networks = new LRUCache<string, NetworkCount>({ max: maxAddresses });
  readonly #toTell = new Set<NetworkCount>();

  /** `share`: by how many the limit is divided now; 1 while counts are shared. */
  constructor(config: RateLimitConfig, clock: Clock, share: () => number) {
    this.#clock = clock;
    this.#limit = config.burst.requests;
    this.#windowMs = config.burst.windowSeconds * 1000;
    this.#share = share;
    this.#allow = new AddressRanges(config.addresses.allow);
    this.#deny = new AddressRanges(config.addresses.deny);
    this.#exempt = new AddressRanges(config.burst.exempt);
  }

  /** Counts a request; the refusal if there is no room for it, or if the address may not call at all. */
  check(address: string, nowMs = this.#clock.monotonic()): GatewayError | undefined {
    const { rule, count } = this.#addresses.get(address) ?? this.#admit(address);
    if (rule === 'exempt') return undefined;
    if (rule === 'deny') return new GatewayError('FORBIDDEN', { context: { reason: 'address' } });
    const now = Math.floor(nowMs);
    const time = count.window.advance(now);
    const others = now - count.heardAt < this.#windowMs ? count.others : 0;
    const limit = Math.max(1, Math.ceil(this.#limit / this.#share()));
    const waitMs = count.window.waitMs(1, limit - others, time);
    if (waitMs > 0) return this.#refuse(limit, waitMs);
    count.window.add(1, time);
    count.untold++;
    if (count.window.used >= this.#limit * toldFrom) this.#toTell.add(count);
    return undefined;
  }

  /** Tells what was counted here and learns what the others counted; forgets the news where there is nobody to tell. Never throws. */
  async flush(tell: ShareBurst | undefined): Promise<void> {
    if (!tell) {
      for (const count of this.#toTell) count.untold = 0;
      this.#toTell.clear();
      return;
    }
    const told = [...this.#toTell].slice(0, maxTold);
    await Promise.allSettled(
      told.map(async (count) => {
        this.#toTell.delete(count);
        const amount = Math.min(count.untold, count.window.used);
        count.untold = 0;
        const total = await tell(count.network, this.#windowMs, amount);
        count.others = Math.max(0, total - (count.window.used - count.untold));
        count.heardAt = this.#clock.monotonic();
      }),
    );
  }

  #admit(address: string): AddressRecord {
    const network = networkOf(address);
    let count = this.#networks.get(network);
    if (!count) {
      count = { network, window: new SlidingWindow(this.#windowMs), untold: 0, others: 0, heardAt: -Infinity };
      this.#networks.set(network, count);
    }
    const denied = this.#deny.has(address) || (!this.#allow.isEmpty && !this.#allow.has(address));
    const record: AddressRecord = { rule: denied ? 'deny' : this.#exempt.has(address) ? 'exempt' : 'count', count };
    this.#addresses.set(address, record);
    return record;
  }

  #refuse(limit: number, waitMs: number): GatewayError {
    const seconds = Math.ceil(waitMs / 1000);
    const quota = { name: 'burst', limit, remaining: 0, resetSeconds: seconds, windowSeconds: this.#windowMs / 1000 };
    return rateLimited(quota, waitMs);
  }
}
