import type { LimitCharge, MachineCounters, Verdict } from '../rate-limit/limit-store.ts';
import type { MemoryStore } from '../rate-limit/memory-store.ts';
import type { CountQuestion, ToPrimary } from './worker-protocol.ts';

/** A request waits at most so long; then it counts in its own process. */
const timeoutMs = 200;
/** A primary that was late is left alone for so long. */
const pauseMs = 500;

interface Waiting {
  readonly question: CountQuestion;
  readonly resolve: (answer: Verdict | number) => void;
  readonly reject: (error: Error) => void;
}

/** The counters in the primary's memory, as its workers reach them: what one turn of the event loop asks travels together. */
export class PrimaryCounters implements MachineCounters {
  readonly workers: number;
  readonly #primary: ToPrimary;
  #waiting: Waiting[] = [];
  #lateUntil = 0;

  constructor(primary: ToPrimary, workers: number) {
    this.#primary = primary;
    this.workers = workers;
  }

  charge(consumer: string, charges: readonly LimitCharge[]): Promise<Verdict> {
    return this.#ask({ consumer, charges }) as Promise<Verdict>;
  }

  adjust(consumer: string, counter: string, windowMs: number, amount: number): Promise<number> {
    return this.#ask({ consumer, counter, windowMs, amount }) as Promise<number>;
  }

  #ask(question: CountQuestion): Promise<Verdict | number> {
    if (performance.now() < this.#lateUntil) return Promise.reject(new Error('the primary is late'));
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => void this.#send());
      this.#waiting.push({ question, resolve, reject });
    });
  }

  async #send(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const questions = waiting.map(({ question }) => question);
      const answers = await this.#primary.ask('count', questions, timeoutMs);
      for (const [index, { resolve }] of waiting.entries()) resolve(answers[index] as Verdict | number);
    } catch (error) {
      this.#lateUntil = performance.now() + pauseMs;
      for (const { reject } of waiting) reject(error as Error);
    }
  }
}

/** The primary's side. */
export function answerCounts(store: MemoryStore, asked: readonly CountQuestion[]): (Verdict | number)[] {
  return asked.map((question) =>
    'charges' in question
      ? store.charge(question.consumer, question.charges)
      : store.adjust(question.consumer, question.counter, question.windowMs, question.amount),
  );
}
