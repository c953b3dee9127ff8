import { codingFor, compress, type ContentCoding } from './compression.ts';
import { entityTagOf } from './entity-tag.ts';

/** What was worked out of an answer that is given more than once: its tag, and its bytes in each coding. */
interface Encodings {
  tag?: string;
  br?: Buffer;
  gzip?: Buffer;
}

/** By the shared answer's own bytes: who forgets them forgets these too. */
const kept = new WeakMap<Buffer, Encodings>();

/** The weak tag of an answer; remembered when the answer is a shared one. */
export function tagOf(body: Buffer, isShared: boolean): string {
  if (!isShared) return entityTagOf(body);
  const encodings = encodingsOf(body);
  return (encodings.tag ??= entityTagOf(body));
}

export interface EncodedBody {
  readonly body: Buffer;
  readonly coding: ContentCoding | undefined;
}

/** The bytes in the coding that the caller likes best; a shared answer is compressed once for all. */
export async function encode(
  body: Buffer,
  acceptEncoding: string | undefined,
  isShared: boolean,
): Promise<EncodedBody> {
  const coding = codingFor(body.length, acceptEncoding);
  if (!coding) return { body, coding };
  if (!isShared) return { body: await compress(body, coding), coding };
  const encodings = encodingsOf(body);
  return { body: (encodings[coding] ??= await compress(body, coding)), coding };
}

function encodingsOf(body: Buffer): Encodings {
  let encodings = kept.get(body);
  if (!encodings) kept.set(body, (encodings = {}));
  return encodings;
}
