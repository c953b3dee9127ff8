import { isDeepStrictEqual } from 'node:util';

interface Part {
  readonly value: unknown;
  readonly inputs: readonly unknown[];
  readonly end: (value: never) => unknown;
  /** Sets that hold it. */
  holders: number;
}

/**
 * The parts of something that is made anew from time to time. A part whose inputs are the same as last time is taken over as it is,
 * with all that it has learned; any other is made. What no set holds any more is ended.
 */
export class PartSet {
  readonly #predecessors: ReadonlyMap<string, Part> | undefined;
  readonly #parts = new Map<string, Part>();

  constructor(previous?: PartSet) {
    if (previous) this.#predecessors = previous.#parts;
  }

  /**
   * `inputs`: all that the part depends on and that can change; plain data is compared by value, anything else by identity. `make` gets
   * what stood under the name before, to carry over what should outlive the change.
   */
  keep<T>(
    name: string,
    inputs: readonly unknown[],
    make: (previous: T | undefined) => T,
    end: (value: T) => unknown = () => undefined,
  ): T {
    const known = this.#predecessors?.get(name);
    if (known && inputs.every((input, index) => isSame(input, known.inputs[index]))) {
      known.holders++;
      this.#parts.set(name, known);
      return known.value as T;
    }
    const value = make(known?.value as T | undefined);
    this.#parts.set(name, { value, inputs, end, holders: 1 });
    return value;
  }

  /** Lets go of every part, in the reverse order of their making, and ends those that nobody else holds. Call it once. */
  async release(): Promise<void> {
    for (const part of [...this.#parts.values()].reverse())
      if (--part.holders === 0) await part.end(part.value as never);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (isPlain(one) && isPlain(other) && isDeepStrictEqual(one, other));
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
