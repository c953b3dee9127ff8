import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InputChecks } from '../../../src/resolvers/input-checks.ts';

const mistakesOf = (check: (checks: InputChecks) => void) => {
  const checks = new InputChecks();
  check(checks);
  return checks.mistakes.map(({ code }) => code);
};

describe('text for people', () => {
  const line = (text: string) => mistakesOf((checks) => checks.line(text, ['name'], 20));
  const text = (said: string) => mistakesOf((checks) => checks.text(said, ['note'], 20));

  for (const name of ['', 'Ava', 'Ødegård', '山田 太郎', 'محمد', '👩‍🚀 Ava', "O'Neill <3"])
    test(`${JSON.stringify(name)} is a good line`, () => assert.deepEqual(line(name), []));

  for (const [about, name] of [
    ['half a surrogate pair, which strict readers of JSON refuse', 'Ava \ud800'],
    ['NUL', 'A\u0000'],
    ['an escape', '\u001b[31mAva'],
    ['a new line', 'Ava\nAdmin'],
    ['C1', 'A\u0085'],
    ['a turn of direction, which shows other words than were written', 'Ava \u202Enimda'],
    ['an isolate', '\u2066Ava'],
  ] as const)
    test(`${about} is no part of a line`, () => assert.deepEqual(line(name), ['BAD_FORMAT']));

  test('longer text has lines and tabs, and no other controls', () => {
    assert.deepEqual(text('Ring twice.\r\n\tThen wait.'), ['TOO_LONG']);
    assert.deepEqual(text('Ring.\r\n\tThen wait'), []);
    assert.deepEqual(text('Ring.\u0007'), ['BAD_FORMAT']);
    assert.deepEqual(text('Ring.\udc00'), ['BAD_FORMAT']);
  });
});

test('an empty version is a mistake of the client, and no way round the check of versions', () => {
  for (const [version, found] of [
    [undefined, []],
    [null, []],
    ['7', []],
    ['', ['BAD_FORMAT']],
    ['7"', ['BAD_FORMAT']],
  ] as const)
    assert.deepEqual(
      mistakesOf((checks) => checks.ifVersion(version)),
      found,
    );
});
