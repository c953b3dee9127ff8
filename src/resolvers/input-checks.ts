import { isClientKey } from '../idempotency/key.ts';
import type { Mistake } from './refusal.ts';

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
    this.expect(!version || /^[\x21\x23-\x7e]{1,64}$/.test(version), ['ifVersion'], 'BAD_FORMAT');
  }

  text(text: string | null | undefined, path: readonly string[], maxLength: number): void {
    this.expect(!text || text.length <= maxLength, path, 'TOO_LONG');
  }
}

/** `If-Match` compares strongly (RFC 9110 §13.1.1); the services' tags are their records' versions. */
export function ifMatchOf(version: string | null | undefined): { ifMatch?: string } {
  return version ? { ifMatch: `"${version}"` } : {};
}
