import assert from 'node:assert/strict';
import { writeSync } from 'node:fs';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { LogFile } from '../../../demo/supervisor/log-file.ts';
import { temporaryDirectory } from '../../support/processes.ts';

async function logFile(t: TestContext): Promise<LogFile> {
  const log = new LogFile(join(await temporaryDirectory(t), 'child.log'));
  t.after(() => log.close());
  return log;
}

for (const [what, written, expected] of [
  ['nothing when nothing was written', '', ''],
  ['the last line when no line is an error', 'one\n  two\n\n', 'two'],
  ['the message of a JSON line', '{"level":"error","msg":"no such port"}\n', 'no such port'],
  ['a broken JSON line as it is', '{"level":\n', '{"level":'],
  [
    "the error and not the stack or Node's footer",
    'file:///x.ts:3\n  throw new RangeError("far")\n\nRangeError: far\n    at x.ts:3\n\nNode.js v24.21.0\n',
    'RangeError: far',
  ],
] as const) {
  test(`last words are ${what}`, async (t) => {
    const log = await logFile(t);
    writeSync(log.fd, written);
    assert.equal(log.lastWords(0), expected);
  });
}

test('last words are of this run only, and short', async (t) => {
  const log = await logFile(t);
  writeSync(log.fd, 'Error: of the run before\n');
  const start = log.size;
  writeSync(log.fd, `${'x'.repeat(100_000)}\n`);
  assert.equal(log.lastWords(start), `${'x'.repeat(160)}…`);
});

test('a log that grew too large starts over while its writer goes on', async (t) => {
  const log = await logFile(t);
  writeSync(log.fd, 'old\n');
  log.keepBounded();
  assert.equal(await readFile(log.path, 'utf8'), 'old\n');

  await truncate(log.path, 65 * 1024 * 1024);
  log.keepBounded();
  writeSync(log.fd, 'new\n');
  assert.equal(await readFile(log.path, 'utf8'), 'new\n');
});
