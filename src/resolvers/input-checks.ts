import { isClientKey } from '../idempotency/key.ts';
import type { Mistake } from './refusal.ts';

/**
 * Half surrogate pairs, which strict readers of JSON refuse with everything around them, controls, and turns of direction, which show
 * other words than were written (Unicode TR 36). Joiners stay: names and emoji need them.
 */
const unfit = /[\p{Cs}\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/** Collects what is wrong with an input, so that all of it is told at once. */
export class InputChecks {
  readonly mistakes: Mistake[] = [];

  expect(isGood: boolean, path: readonly string[], code: Mistake['code']): void {
    if (!isGood) this.mistakes.push({ path: ['input', ...path], code });
  }

  idempotencyKey(key: string): void {
    this.expect(isClientKey(key), ['idempotencyKey'], 'BAD_FORMAT');
  }

  /** A version goes out as an entity tag (RFC 9110 §8.8.3), so it may not end one. */
  ifVersion(version: string | null | undefined): void {
    this.expect(typeof version !== 'string' || /^[\x21\x23-\x7e]{1,64}$/.test(version), ['ifVersion'], 'BAD_FORMAT');
  }

  /** Text of several lines that other people will read. */
  text(text: string | null | undefined, path: readonly string[], maxLength: number): void {
    if (!text) return;
    this.expect(text.length <= maxLength, path, 'TOO_LONG');
    this.expect(!unfit.test(text.replaceAll(/[\t\r\n]/g, '')), path, 'BAD_FORMAT');
  }

  /** Text of one line that other people will read, such as a name. */
  line(text: string | null | undefined, path: readonly string[], maxLength: number): void {
    this.text(text, path, maxLength);
    this.expect(!text || !/[\t\r\n]/.test(text), path, 'BAD_FORMAT');
  }
}

/** `If-Match` compares strongly (RFC 9110 §13.1.1); the services' tags are their records' versions. */
export function ifMatchOf(version: string | null | undefined): { ifMatch?: string } {
  return version ? { ifMatch: `"${version}"` } : {};
}
