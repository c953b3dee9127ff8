import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isErrorCode } from '../../src/errors/codes.ts';

type Stage = readonly [number: string, name: string, why: string];

/** The stages of the way in, as its list comments them where they run. */
function stagesOfWayIn(): Stage[] {
  const source = readFileSync('src/ingress/pipeline.ts', 'utf8');
  return [...source.matchAll(/^ +\/\/ (\d+) ([a-z-]+): (.+)$/gm)].map(
    ([, number = '', name = '', why = '']) => [number, name, why] as const,
  );
}

/** The stages of an operation, from the table above its list. */
function stagesOfOperation(): Stage[] {
  const source = readFileSync('src/operation/pipeline.ts', 'utf8');
  return [...source.matchAll(/^ \* \| +(\d+b?) \| (\w+) +\| (.+) \|$/gm)].map(
    ([, number = '', name = '', why = '']) => [number, name, why] as const,
  );
}

const page = readFileSync('docs/request-lifecycle.md', 'utf8');
const rows = [...page.matchAll(/^\| (\d+b?) +\|(.*)\|$/gm)].map(([, number = '', cells = '']) => {
  const [name = '', , refusals = '', why = ''] = cells.split('|').map((cell) => cell.trim());
  return { number, name, refusals, why };
});

test('the page on the way of a request shows both lists in the order in which they run', () => {
  const wayIn = stagesOfWayIn();
  // Opening stands below receiving in the file, since it is a function of its own.
  const opening = wayIn.filter(([, name]) => name === 'correlate' || name === 'received');
  const closing = wayIn.filter(([, name]) => name === 'completed');
  const between = wayIn.filter((stage) => !opening.includes(stage) && !closing.includes(stage));
  const operation = stagesOfOperation().filter(([number]) => number !== '9');
  const respond = between.pop() ?? assert.fail();
  assert.deepEqual(
    rows.map(({ number, name, why }) => [number, name, why]),
    [...opening, ...between, ...operation, respond, ...closing],
  );
});

test('each stage of the list shows in the journey of a request under its own name', () => {
  const source = readFileSync('src/ingress/pipeline.ts', 'utf8');
  const entered = [...source.matchAll(/journey\.enter\('([a-z-]+)'[,)]/g)].map(([, name]) => name);
  const commented = stagesOfWayIn().map(([, name]) => name);
  assert.deepEqual(
    entered,
    commented.filter((name) => !['correlate', 'received', 'completed'].includes(name)),
  );
});

test('the codes that the page names exist', () => {
  const named = rows.flatMap(({ refusals }) => refusals.split(' ').filter(Boolean));
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.filter((code) => !isErrorCode(code.replaceAll('`', ''))),
    [],
  );
});
