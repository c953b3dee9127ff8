import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { upstreamService } from '../../src/config/sections/upstreams.ts';
import { layers } from '../../src/upstream/stack.ts';
import { reasons } from '../../src/upstream/upstream-failure.ts';

const page = readFileSync('docs/resilience.md', 'utf8');

/** The rows of the table whose first column has this title, cells trimmed, without backticks. */
function rowsOf(title: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${title} `));
  const table = lines.slice(start + 2);
  return table
    .slice(
      0,
      table.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

test('the page shows the layers as the stack lists them, with the same reasons', () => {
  const shown = rowsOf('#').map(([number, name, , why]) => [Number(number), name, why]);
  assert.deepEqual(
    shown,
    layers.map(({ name, why }, index) => [index + 1, name, why]),
  );
});

test('the keys that the page names exist', () => {
  const keys = rowsOf('#').flatMap(([, , , , names = '']) => names.split(', ').filter(Boolean));
  assert.ok(keys.length > 10);
  assert.deepEqual(
    keys.filter((key) => !(key in upstreamService.shape)),
    [],
  );
});

test('the page shows each reason of failure as the code treats it', () => {
  assert.deepEqual(
    rowsOf('Reason'),
    Object.entries(reasons).map(([reason, { code, verdict, repeatable }]) => [reason, code, verdict, repeatable]),
  );
});
