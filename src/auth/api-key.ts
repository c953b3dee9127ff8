import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * An API key: `fct_<id>_<secret><checksum>`, all letters and digits. The prefix lets scanners of leaked secrets find it, the id
 * finds its record, the secret has 256 bits, and the checksum tells a typing error from an unknown key without asking Redis.
 */
export interface MintedKey {
  readonly id: string;
  /** Shown once, kept nowhere. */
  readonly text: string;
  /** What is kept: SHA-256 of the text, hex. A slow hash is for passwords; nobody guesses 256 bits. */
  readonly hash: string;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const form = /^fct_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}$/;
const checksumLength = 6;

export function mintApiKey(): MintedKey {
  const id = randomText(12);
  const unsigned = `fct_${id}_${randomText(43)}`;
  const text = unsigned + checksumOf(unsigned);
  return { id, text, hash: hashApiKey(text).toString('hex') };
}

/** The id within a well-formed key; undefined for anything else. */
export function apiKeyId(text: string): string | undefined {
  const id = form.exec(text)?.[1];
  return id !== undefined && checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
    ? id
    : undefined;
}

export function hashApiKey(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumLength; place++) {
    digits = `${alphabet[rest % alphabet.length]}${digits}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
