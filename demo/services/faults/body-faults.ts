import { gzipSync } from 'node:zlib';
import type { Outgoing } from '../kit/reply.ts';
import type { Fault } from './fault.ts';

const htmlPage = '<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>';

/** Answers whose HTTP is in order and whose content is rubbish. */
export const bodyFaults: readonly Fault[] = [
  {
    name: 'wrong-content-type',
    summary: 'The right JSON under `content_type`.',
    parameters: { content_type: 'text/plain' },
    rewrite: (outgoing, { parameters }) => withType(outgoing, String(parameters['content_type'])),
  },
  {
    name: 'html-error-page',
    summary: 'An HTML page, as a proxy in between would send it, with `status`.',
    parameters: { status: 502, after: false },
    answer: ({ parameters }) => ({
      status: Number(parameters['status']),
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: htmlPage,
    }),
  },
  {
    name: 'truncated-json',
    summary: 'The first half of the JSON, with a Content-Length that fits the half.',
    rewrite: (outgoing) => ({ ...outgoing, body: outgoing.body.subarray(0, outgoing.body.length >> 1) }),
  },
  text('malformed-json', '200 with text that is not JSON.', '{"id": oops}'),
  text('empty-body', '200 with an empty body.', ''),
  text('null-body', '200 with the JSON value null.', 'null'),
  text('array-body', '200 with an array where an object is promised.', '[]'),
  text('number-overflow', '200 with 1e400, which JSON.parse reads as Infinity.', '{"id":1e400,"amount":1e400}'),
  text(
    'proto-member',
    '200 with a `__proto__` member.',
    '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}}',
  ),
  {
    name: 'no-content',
    summary: '204 where 200 is promised.',
    rewrite: (outgoing) => ({ status: 204, headers: withoutType(outgoing), body: Buffer.alloc(0) }),
  },
  {
    name: 'deep-json',
    summary: 'JSON nested `depth` levels deep.',
    parameters: { depth: 50_000 },
    rewrite(outgoing, { parameters }) {
      const depth = Number(parameters['depth']);
      return { ...outgoing, body: Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) };
    },
  },
  {
    name: 'oversized-body',
    summary: 'JSON padded with white space to `bytes`.',
    parameters: { bytes: 64_000_000 },
    rewrite(outgoing, { parameters }) {
      const padding = Buffer.alloc(Math.max(0, Number(parameters['bytes']) - outgoing.body.length), ' ');
      return { ...outgoing, body: Buffer.concat([outgoing.body, padding]) };
    },
  },
  {
    name: 'gzip-bomb',
    summary: 'A small gzip body that unpacks to `decoded_bytes` of white space and JSON.',
    parameters: { decoded_bytes: 64_000_000 },
    rewrite(outgoing, { parameters }) {
      const padding = Buffer.alloc(Math.max(0, Number(parameters['decoded_bytes']) - outgoing.body.length), ' ');
      const body = gzipSync(Buffer.concat([padding, outgoing.body]));
      return { ...outgoing, headers: [...outgoing.headers, ['Content-Encoding', 'gzip']], body };
    },
  },
];

function text(name: string, summary: string, content: string): Fault {
  return {
    name,
    summary,
    rewrite: (outgoing) => ({ ...withType(outgoing, 'application/json'), status: 200, body: Buffer.from(content) }),
  };
}

function withType(outgoing: Outgoing, type: string): Outgoing {
  return { ...outgoing, headers: [...withoutType(outgoing), ['Content-Type', type]] };
}

function withoutType(outgoing: Outgoing): Outgoing['headers'] {
  return outgoing.headers.filter(([name]) => name !== 'Content-Type');
}
