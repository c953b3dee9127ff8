// Not the global: that is a getter, called for each answer.
import { Buffer } from 'node:buffer';
import { codingFor, compress, type ContentCoding } from './compression.ts';
import { entityTagOf } from './entity-tag.ts';

/** Text is written once and goes out with the head in one piece; bytes are for an answer that several are given. */
export type Body = string | Buffer;

/** What was worked out of an answer that is given more than once: its tag, and its bytes in each coding. */
interface Encodings {
  tag?: string;
  br?: Buffer;
  gzip?: Buffer;
}

/** By the shared answer's own bytes: who forgets them forgets these too. */
const kept = new WeakMap<Buffer, Encodings>();

/** The weak tag of an answer; remembered when the answer is a shared one. */
export function tagOf(body: Body, isShared: boolean): string {
  if (!isShared || typeof body === 'string') return entityTagOf(body);
  const encodings = encodingsOf(body);
  return (encodings.tag ??= entityTagOf(body));
}

export interface EncodedBody {
  readonly body: Body;
  readonly coding: ContentCoding | undefined;
}

/** The body in the coding that the caller likes best; a shared answer is compressed once for all. A promise only where there is work. */
export function encode(
  body: Body,
  acceptEncoding: string | undefined,
  isShared: boolean,
): EncodedBody | Promise<EncodedBody> {
  const coding = codingFor(bytesOf(body), acceptEncoding);
  return coding ? compressed(typeof body === 'string' ? Buffer.from(body) : body, coding, isShared) : { body, coding };
}

/** How long it is on the wire. */
export function bytesOf(body: Body): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}

async function compressed(body: Buffer, coding: ContentCoding, isShared: boolean): Promise<EncodedBody> {
  if (!isShared) return { body: await compress(body, coding), coding };
  const encodings = encodingsOf(body);
  return { body: (encodings[coding] ??= await compress(body, coding)), coding };
}

function encodingsOf(body: Buffer): Encodings {
  let encodings = kept.get(body);
  if (!encodings) kept.set(body, (encodings = {}));
  return encodings;
}
