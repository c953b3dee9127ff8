/** A seeded stream of numbers in [0, 1): FNV-1a of the seed text starts mulberry32. Equal seeds, equal streams, on every machine. */
export function randomFrom(seed: string): () => number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  }
  let state = hash >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Choices from one stream. Each record has its own stream, so that one more choice in one record shifts no other. */
export interface Dice {
  chance(probability: number): boolean;
  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** `count` letters and digits. */
  letters(count: number): string;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function diceFor(seed: string): Dice {
  const next = randomFrom(seed);
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    chance: (probability) => next() < probability,
    integer,
    pick: (from) => from[Math.floor(next() * from.length)]!,
    letters(count) {
      let text = '';
      for (let index = 0; index < count; index += 1) text += alphabet[integer(0, 61)];
      return text;
    },
  };
}
