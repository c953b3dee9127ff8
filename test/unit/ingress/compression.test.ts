import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codingFor, compress } from '../../../src/ingress/compression.ts';

const rows: readonly (readonly [acceptEncoding: string | undefined, coding: string | undefined])[] = [
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, br;q=0.9', 'gzip'],
  ['gzip;q=0.5, br;q=0.5', 'br'],
  ['br;q=0', undefined],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['*;q=0, gzip', 'gzip'],
  ['br;q=0.000', undefined],
  ['br;q=0.001', 'br'],
  ['br;q=2', undefined],
  ['br;q=x', undefined],
  ['br; q=1', 'br'],
  ['deflate, zstd, compress', undefined],
  ['brotli', undefined],
  [`${'x,'.repeat(5_000)}br`, undefined],
];

for (const [acceptEncoding, coding] of rows)
  test(`"${acceptEncoding?.slice(0, 40)}" gets ${coding ?? 'plain bytes'}`, () => {
    assert.equal(codingFor(5_000, acceptEncoding), coding);
    // A second time from memory.
    assert.equal(codingFor(5_000, acceptEncoding), coding);
  });

test('nothing below a kilobyte is compressed', () => {
  assert.deepEqual([codingFor(1_023, 'br'), codingFor(1_024, 'br')], [undefined, 'br']);
});

test('small bodies are compressed at once, large ones beside the event loop', () => {
  const small = compress(Buffer.alloc(4_000, 'a'), 'br');
  assert.ok(Buffer.isBuffer(small));
  assert.ok(compress(Buffer.alloc(40_000, 'a'), 'gzip') instanceof Promise);
});
