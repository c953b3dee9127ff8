import { type RedisClient, type RedisScript, RedisUnavailable } from '../redis/redis-client.ts';
import { counterKey } from './keys.ts';
import type { CounterState, LimitCharge, Verdict } from './limit-store.ts';

interface WaitingCharge {
  readonly consumer: string;
  readonly charges: readonly LimitCharge[];
  readonly resolve: (verdict: Verdict) => void;
  readonly reject: (error: unknown) => void;
}

/** Charges in one script, at most: some 0.5 ms of Redis, which serves nobody else meanwhile. */
const maxCharges = 64;

/**
 * Sends the charges that came in one turn of the event loop as one script: a command costs this process 15 µs, whatever is in it. It goes
 * at the end of the turn, so that a charge which is alone waits for nobody. In a cluster, where the keys of a script must share a
 * slot, each consumer has a script of its own.
 */
export class ChargeBatch {
  readonly #redis: RedisClient;
  readonly #script: RedisScript;
  #waiting: WaitingCharge[] = [];

  constructor(redis: RedisClient, script: RedisScript) {
    this.#redis = redis;
    this.#script = script;
  }

  add(consumer: string, charges: readonly LimitCharge[]): Promise<Verdict> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(this.#send);
      this.#waiting.push({ consumer, charges, resolve, reject });
    });
  }

  readonly #send = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    const size = this.#redis.isSharded ? 1 : maxCharges;
    for (let from = 0; from < waiting.length; from += size) void this.#run(waiting.slice(from, from + size));
  };

  async #run(batch: readonly WaitingCharge[]): Promise<void> {
    const keys: string[] = [];
    // One text: an argument of its own for each number would cost more than the counting.
    let numbers = '';
    for (const { consumer, charges } of batch) {
      numbers += ` ${charges.length}`;
      for (const { counter, limit, windowMs, amount } of charges) {
        keys.push(counterKey(consumer, counter));
        numbers += ` ${limit} ${windowMs} ${amount}`;
      }
    }
    try {
      const verdicts = verdictsOf(await this.#redis.script<unknown>(this.#script, keys, [numbers]), batch);
      for (const [index, { resolve }] of batch.entries()) resolve(verdicts[index] as Verdict);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

/** A reply is input: nothing counts with it before its shape is checked. */
function verdictsOf(reply: unknown, batch: readonly WaitingCharge[]): Verdict[] {
  if (typeof reply !== 'string') throw unexpected();
  const numbers = new WholeNumbers(reply);
  const verdicts = batch.map(({ charges }) => {
    const accepted = numbers.next() === 1;
    const states: CounterState[] = [];
    for (let left = charges.length; left > 0; left--)
      states.push({ used: numbers.next(), resetMs: numbers.next(), waitMs: numbers.next() });
    return { accepted, states };
  });
  if (!numbers.ended) throw unexpected();
  return verdicts;
}

/** Reads `1 20 60000 …`: whole numbers with one space between. As text they cost a tenth of what an array of a reply does. */
class WholeNumbers {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at === this.#text.length + 1;
  }

  /** Throws where none stands. */
  next(): number {
    let value = 0;
    let at = this.#at;
    for (; at < this.#text.length; at++) {
      const digit = this.#text.charCodeAt(at) - 48;
      if (digit === space) break;
      if (digit < 0 || digit > 9) throw unexpected();
      value = 10 * value + digit;
    }
    if (at === this.#at || !Number.isSafeInteger(value)) throw unexpected();
    this.#at = at + 1;
    return value;
  }
}

const space = ' '.charCodeAt(0) - 48;

function unexpected(): RedisUnavailable {
  return new RedisUnavailable('The limit script answered in a shape that is not its own.');
}
