import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export type ContentCoding = 'br' | 'gzip';

/** Smaller bodies fit into one packet as they are. */
const minBytes = 1_024;
/** Up to here the work is shorter than its way to another thread and back (measured: brotli 4 takes 0.1 ms for 7 KB). */
const maxInlineBytes = 8_192;
/** Above 4 brotli takes twice the time for a twentieth of the size. */
const brotliQuality = 4;
/** A window of 256 KB: the default of 4 MB is allocated for every answer and never filled. */
const brotliWindowBits = 18;
const gzipLevel = 4;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Callers send one of a few strings; what they come to is remembered. */
const known = new LRUCache<string, ContentCoding | 'identity'>({ max: 256 });
const maxRememberedLength = 200;

/** The coding for an answer of this size: brotli before gzip at equal weights, or none (RFC 9110 §12.5.3). */
export function codingFor(bytes: number, acceptEncoding: string | undefined): ContentCoding | undefined {
  if (bytes < minBytes || acceptEncoding === undefined) return undefined;
  let coding = known.get(acceptEncoding);
  if (coding === undefined) {
    coding = bestCoding(acceptEncoding);
    if (acceptEncoding.length <= maxRememberedLength) known.set(acceptEncoding, coding);
  }
  return coding === 'identity' ? undefined : coding;
}

export function compress(body: Buffer, coding: ContentCoding): Buffer | Promise<Buffer> {
  if (coding === 'gzip')
    return body.length <= maxInlineBytes ? gzipSync(body, { level: gzipLevel }) : gzipped(body, { level: gzipLevel });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
    [constants.BROTLI_PARAM_LGWIN]: brotliWindowBits,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return body.length <= maxInlineBytes ? brotliCompressSync(body, { params }) : brotli(body, { params });
}

function bestCoding(acceptEncoding: string): ContentCoding | 'identity' {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.slice(0, 1_000).split(',')) {
    const [name = '', parameter = ''] = part.split(';', 2);
    const q = /^\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/i.exec(parameter)?.[1];
    weights.set(name.trim().toLowerCase(), parameter === '' ? 1 : Number(q ?? 0));
  }
  const weightOf = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br === 0 && gz === 0) return 'identity';
  return br >= gz ? 'br' : 'gzip';
}
