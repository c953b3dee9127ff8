import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { sourceFiles } from './source-tree.ts';

const files = sourceFiles().filter((file) => !file.includes('/generated/'));

/** Files over 300 lines, each with the reason why it is better whole. */
const longFiles: Record<string, string> = {
  'src/gateway.ts': 'the one list of all parts: each stands once, in the order in which they need each other',
};

test('the core knows no client: src never names one', () => {
  const named = /\b(web|mobile|tv|ios|android)\b/i;
  const wrong = files
    .filter((file) => file.startsWith('src/'))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line, index) => (named.test(line) ? `${file}:${index + 1} ${line.trim()}` : ''))
        .filter(Boolean),
    );
  assert.deepEqual(wrong, []);
});

test('no file is over 300 lines without a reason', () => {
  const wrong = files.filter((file) => !(file in longFiles) && readFileSync(file, 'utf8').split('\n').length > 301);
  assert.deepEqual(wrong, []);
});

test('the list of long files names only files that exist', () => {
  assert.deepEqual(
    Object.keys(longFiles).filter((file) => !existsSync(file)),
    [],
  );
});

test('file names are kebab-case and say what the file is', () => {
  const wrong = files.filter(
    (file) =>
      !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(basename(file)) ||
      /^(utils?|helpers?|common|misc|manager)\.ts$/.test(basename(file)),
  );
  assert.deepEqual(wrong, []);
});

test('the environment is read in one file', () => {
  const wrong = files.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
  assert.deepEqual(
    wrong.filter((file) => file !== 'src/config/environment.ts'),
    [],
  );
});

test('a test signals processes by `signalProcess`, which cannot mean the test run itself', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const wrong = tests.filter(
    (file) =>
      file !== join('support', 'processes.ts') &&
      /(?<![.\w])process\.kill\(/.test(readFileSync(join('test', file), 'utf8')),
  );
  assert.deepEqual(wrong, []);
});
