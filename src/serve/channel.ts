/** The other side answered that it could not; anything else means that it did not answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** What one side may be asked: by name, from the value that comes along to the answer. All of it plain data. */
type Questions = { readonly [name: string]: (value: never) => unknown };

/** The other process: a `Worker` of the cluster, or in a worker `process` itself. */
interface Peer {
  readonly send?: (message: object, sent: (error: Error | null) => void) => unknown;
  on(event: 'message', hear: (message: unknown) => void): unknown;
}

type Message =
  | { readonly facet: 'ask'; readonly name: string; readonly value: unknown; readonly id?: number }
  | { readonly facet: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

type Waiting = (error: Error | undefined, value?: unknown) => void;

/**
 * Questions between a primary and one of its workers, over the pipe that the system gives them. Each side says what it answers
 * (`Ours`) and asks what the other does (`Theirs`). Every wait has an end.
 */
export class Channel<Theirs extends Questions, Ours extends Questions> {
  readonly #peer: Peer;
  readonly #answers: Partial<Ours>;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  constructor(peer: Peer, answers: Partial<Ours>) {
    this.#peer = peer;
    this.#answers = answers;
    peer.on('message', (message) => {
      const { facet } = (message ?? {}) as Partial<Message>;
      if (facet === 'ask') void this.#answer(message as Message & { facet: 'ask' });
      else if (facet === 'answer') this.#conclude(message as Message & { facet: 'answer' });
    });
  }

  /** Says something and does not wait; lost when the other side is gone. */
  tell<Name extends keyof Theirs & string>(name: Name, value: Parameters<Theirs[Name]>[0]): void {
    this.#send({ facet: 'ask', name, value }, () => undefined);
  }

  /** Rejects with `Refused` when the other side fails, otherwise when it is gone or says nothing in time. */
  ask<Name extends keyof Theirs & string>(
    name: Name,
    value: Parameters<Theirs[Name]>[0],
    timeoutMs: number,
  ): Promise<Awaited<ReturnType<Theirs[Name]>>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const conclude: Waiting = (error, answer) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        if (error) reject(error);
        else resolve(answer as Awaited<ReturnType<Theirs[Name]>>);
      };
      const timer = setTimeout(() => conclude(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      this.#waiting.set(id, conclude);
      this.#send({ facet: 'ask', name, value, id }, conclude);
    });
  }

  /** To be called when the other side is gone: nobody waits for it any more. */
  close(): void {
    for (const conclude of this.#waiting.values()) conclude(new Error('the other process is gone'));
  }

  async #answer({ name, value, id }: Message & { facet: 'ask' }): Promise<void> {
    const answer = (this.#answers as Record<string, ((value: unknown) => unknown) | undefined>)[name];
    let reply: object;
    try {
      reply = { value: await answer?.(value) };
    } catch (error) {
      reply = { error: error instanceof Error ? error.message : String(error) };
    }
    if (id !== undefined) this.#send({ facet: 'answer', id, ...reply }, () => undefined);
  }

  #conclude({ id, value, error }: Message & { facet: 'answer' }): void {
    this.#waiting.get(id)?.(error === undefined ? undefined : new Refused(error), value);
  }

  #send(message: Message, failed: (error: Error) => void): void {
    try {
      // With a callback an error comes there; without one it would be an event that ends the process.
      this.#peer.send?.(message, (error) => error && failed(error));
    } catch (error) {
      failed(error as Error);
    }
  }
}
