import type { UserRecord } from './records.ts';

/**
 * A person that a field is about, who need not be loaded yet: the viewer is made from the token at once, so that what hangs below
 * is fetched in the first wave.
 */
export interface UserReference {
  readonly id: string;
  /** Present where a list or search brought it along; else the loader has it. */
  readonly record?: UserRecord;
  /** E-mail and phone are shown masked: support staff in lists and searches. */
  readonly contact: 'clear' | 'masked';
}
