import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineBuffer } from '../../../src/telemetry/line-buffer.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

test('lines of any length come out as they went in, in their order, whatever fits the chunk', () => {
  const random = randomNumbers(7);
  const below = (bound: number) => Math.floor(random() * bound);
  const buffer = new LineBuffer(64);
  for (let round = 0; round < 200; round++) {
    const lines = Array.from({ length: below(12) }, () => `${'aé€😀'.repeat(below(30))}\n`);
    for (const line of lines) buffer.add(line);
    const text = lines.join('');
    assert.deepEqual([buffer.lines, buffer.bytes], [lines.length, Buffer.byteLength(text)]);
    assert.equal(buffer.take().toString(), text);
    assert.deepEqual([buffer.lines, buffer.bytes], [0, 0]);
  }
});

test('what was taken stays as it is while more comes', () => {
  const buffer = new LineBuffer(64);
  buffer.add('first\n');
  const taken = buffer.take();
  buffer.add('other\n');
  assert.equal(taken.toString(), 'first\n');
});
