import { hash } from 'node:crypto';

/** 128 bits of the digest: enough that two answers never share a tag. */
const tagLength = 22;
const maxConditionLength = 1_024;

/**
 * The tag of an answer, from its bytes before any content coding. It is weak (RFC 9110 §8.8.1), because brotli, gzip and plain bytes of one
 * answer share it; `If-None-Match` compares weakly anyway (§13.1.2).
 */
export function entityTagOf(body: string | Buffer): string {
  return `W/"${hash('sha256', body, 'base64url').slice(0, tagLength)}"`;
}

/** Does `If-None-Match` name this tag? A list of many tags is nobody's honest cache. */
export function matchesTag(condition: string | undefined, tag: string): boolean {
  if (condition === undefined || condition.length > maxConditionLength) return false;
  if (condition === tag || condition.trim() === '*') return true;
  const opaque = tag.slice(2);
  return condition.split(',').some((part) => part.trim().replace(/^W\//, '') === opaque);
}
