import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizedImage } from '../../../src/domain/sized-image.ts';

const cases: readonly [string | null, number, string | null][] = [
  ['https://img.example/a.png', 96, 'https://img.example/a.png?size=96'],
  ['https://img.example/a.png', 97, 'https://img.example/a.png?size=160'],
  ['https://img.example/a.png', 2_000, 'https://img.example/a.png?size=1280'],
  ['https://img.example/a.png?v=2&size=9', 1, 'https://img.example/a.png?v=2&size=48'],
  ['javascript:alert(1)', 96, null],
  ['data:image/png;base64,AA==', 96, null],
  ['a.png', 96, null],
  [null, 96, null],
];
for (const [source, edge, url] of cases)
  test(`${source} at ${edge} pixels is ${url}`, () => {
    assert.deepEqual(sizedImage(source, edge, 'Ava'), url && { url, width: edge, height: edge, alt: 'Ava' });
  });
