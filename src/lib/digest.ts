import { hash } from 'node:crypto';

/** SHA-256 as 64 lower-case hex digits. One call into native code: no stream object is made. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}
