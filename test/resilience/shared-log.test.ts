import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { wholeLines } from '../../src/telemetry/whole-line-writes.ts';

test('lines of several processes on one pipe stay whole while its reader is slow', async () => {
  const count = 2_000;
  const writer = (name: string): string => `'${process.execPath}' test/support/log-writer.ts ${name} ${count} &`;
  // The shell's children write to its own pipe, as workers do to their primary's.
  const shell = spawn('sh', ['-c', `${writer('one')} ${writer('two')} wait`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  shell.stdout.setEncoding('utf8');
  shell.stdout.on('data', (read: string) => {
    text += read;
    // The pipe is full most of the time, which is when writes are taken in parts.
    shell.stdout.pause();
    setTimeout(() => shell.stdout.resume(), 1);
  });
  await once(shell.stdout, 'end');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; index: number });
  for (const name of ['one', 'two'])
    assert.deepEqual(
      lines.flatMap((line) => (line.name === name ? [line.index] : [])),
      Array.from({ length: count }, (_, index) => index),
    );
});

test('lines are cut into pieces between them, and one that is too long goes alone', () => {
  const lines = [...['a', 'b'.repeat(4_000), 'c'.repeat(5_000), 'd', 'e'].map((text) => `${text}\n`), 'f'];
  const pieces = [...wholeLines(Buffer.from(lines.join('')))].map(String);
  assert.deepEqual(pieces, [lines.slice(0, 2).join(''), lines[2], lines.slice(3).join('')]);
});
