import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { WatchedFiles } from '../../../src/lib/watched-files.ts';
import { temporaryDirectory, waitFor } from '../../support/processes.ts';

test('a file that changed and rests is told once, with what is in it', async (t) => {
  const path = join(await temporaryDirectory(t), 'file');
  writeFileSync(path, 'one');
  let told = 0;
  const files = new WatchedFiles(
    [path],
    () => 5,
    () => told++,
  );
  t.after(() => files.close());
  assert.equal(String(files.contents[0]), 'one');
  writeFileSync(path, 'two');
  await waitFor(() => told > 0, { what: 'the change' });
  assert.deepEqual([told, String(files.contents[0])], [1, 'two']);
});

test('a shorter interval counts within a second, however long the last one was', async (t) => {
  const path = join(await temporaryDirectory(t), 'file');
  writeFileSync(path, 'one');
  let intervalMs = 3_600_000;
  let told = 0;
  const files = new WatchedFiles(
    [path],
    () => intervalMs,
    () => told++,
  );
  t.after(() => files.close());
  writeFileSync(path, 'two');
  intervalMs = 5;
  await waitFor(() => told === 1, { what: 'the change', timeoutMs: 3_000 });
});

test('a file that cannot be read at first is said at once', () => {
  assert.throws(
    () =>
      new WatchedFiles(
        ['/nowhere/file'],
        () => 5,
        () => undefined,
      ),
    { name: 'UnusableFiles', message: '/nowhere/file cannot be read (ENOENT).' },
  );
});
