import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseValue } from 'graphql';
import { currency, dateTime, minor, url } from '../../../src/resolvers/scalars.ts';

const cases = [
  [dateTime, '2026-11-21T09:30:00+01:00', '2026-11-21T08:30:00.000Z'],
  [dateTime, '2026-11-21T09:30:00.5Z', '2026-11-21T09:30:00.500Z'],
  [minor, '007', '7'],
  [minor, '-9007199254740993', '-9007199254740993'],
  [currency, 'EUR', 'EUR'],
  [url, 'https://example.com/a', 'https://example.com/a'],
  [url, 'facetshop://orders/1', 'facetshop://orders/1'],
] as const;
for (const [scalar, given, taken] of cases)
  test(`${scalar.name} takes ${given}, as variable and written out, as ${taken}`, () => {
    assert.equal(scalar.parseValue(given), taken);
    assert.equal(scalar.parseLiteral(parseValue(JSON.stringify(given))), taken);
  });

const refused = [
  [dateTime, ['2026-11-21', '2026-13-01T00:00:00Z', '2026-11-21T09:30:00', 'now', 0, null]],
  [minor, ['', '1.5', '1e3', '0x10', ' 1', '1'.repeat(19), 5, 5n]],
  [currency, ['eur', 'EURO', '', 978]],
  [url, ['', '/a', 'example.com', 1]],
] as const;
for (const [scalar, values] of refused)
  test(`${scalar.name} refuses what is not one, and does not repeat it`, () => {
    for (const value of values)
      assert.throws(
        () => scalar.parseValue(value),
        ({ message }: Error) => message.startsWith(`${scalar.name} must be`) && !message.includes('13-01'),
      );
    assert.throws(() => scalar.parseLiteral(parseValue('12')));
  });

test('amounts leave as strings, exact at any size', () => {
  assert.equal(minor.serialize(Number.MAX_SAFE_INTEGER), '9007199254740991');
  assert.equal(minor.serialize(12_345_678_901_234_567n), '12345678901234567');
});
