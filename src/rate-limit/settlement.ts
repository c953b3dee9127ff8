/** What a request was charged and what it turned out to be, in cost units. */
export interface Settlement {
  readonly consumer: string;
  readonly estimate: number;
  readonly actual: number;
  /** What a mutation costs at least; 0 for a query. */
  readonly base: number;
}

/** Consumers whose differences wait for the next flush; more are dropped, in the gateway's favour. */
const maxWaiting = 20_000;

/** Collects the differences between estimates and what was really used, one sum a consumer, until the next flush. */
export class Settlements {
  #waiting = new Map<string, number>();

  add({ consumer, estimate, actual, base }: Settlement): void {
    const difference = Math.ceil(Math.max(actual, base)) - Math.ceil(estimate);
    const before = this.#waiting.get(consumer);
    if (difference === 0 || (before === undefined && this.#waiting.size >= maxWaiting)) return;
    this.#waiting.set(consumer, (before ?? 0) + difference);
  }

  /** Hands over everything collected: `adjust` gets units to add, or below zero to give back. Never throws. */
  async flush(adjust: (consumer: string, amount: number) => Promise<unknown>): Promise<void> {
    if (this.#waiting.size === 0) return;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    await Promise.allSettled([...waiting].map(([consumer, amount]) => adjust(consumer, amount)));
  }
}
