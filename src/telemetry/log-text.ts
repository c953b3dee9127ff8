import { LRUCache } from 'lru-cache';

const maxLength = 256;

/** Thirteen to nineteen digits in a row, singly spaced or dashed: a card number, or near enough that nobody should keep it. */
const cardNumber = /\d(?:[ -]?\d){12,18}/g;
/** A compact JWS, an API key, or anything behind the name of a scheme that carries one. */
const token = /eyJ[\w-]+\.[\w-]*\.?[\w-]*|fct_\w+|(?:Bearer|Basic)(?:[ +]|%20)+[^\s/]+/gi;
/** Nearly no text has what either begins with; one look says so. */
const suspect = /\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d|eyJ|fct_|bearer|basic/i;

/** Callers send one of some hundred user agents and paths; what they come to is remembered. */
const known = new LRUCache<string, string>({ max: 1_000 });

/** A text of the caller's, as the log may have it: bounded, without what looks like a card number or a credential. */
export function logText(text: string): string {
  const bounded = text.length > maxLength ? text.slice(0, maxLength) : text;
  let logged = known.get(bounded);
  if (logged === undefined) known.set(bounded, (logged = withoutSecrets(bounded)));
  return logged;
}

function withoutSecrets(text: string): string {
  if (!suspect.test(text)) return text;
  return text.replace(token, '[redacted]').replace(cardNumber, '[redacted]');
}
