import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaCheck } from '../../../src/lib/schema-check.ts';

const price = schemaCheck({
  type: 'object',
  required: ['amount', 'currency'],
  properties: {
    amount: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    tags: { type: 'array', maxItems: 2, items: { type: 'string', maxLength: 3 } },
  },
});

test('a fitting value fits, fields nobody promised included, and has no mismatch', () => {
  const value = { amount: 9007199254740991, currency: 'JPY', from_next_year: { deep: [1] } };
  assert.equal(price.fits(value), true);
  assert.deepEqual(price.mismatches(value), []);
});

const faults: readonly (readonly [sentence: string, value: unknown, pointer: string, kind: string])[] = [
  ['a field that is missing is named by its own place', { amount: 1 }, '/currency', 'missing'],
  ['null where a number is promised', { amount: null, currency: 'EUR' }, '/amount', 'type'],
  ['a fraction where an integer is promised', { amount: 1.5, currency: 'EUR' }, '/amount', 'type'],
  ['1e400, read as Infinity', JSON.parse('{"amount":1e400,"currency":"EUR"}'), '/amount', 'type'],
  ['an amount that JSON has rounded', JSON.parse('{"amount":9007199254740993,"currency":"EUR"}'), '/amount', 'range'],
  ['an amount below zero', { amount: -1, currency: 'EUR' }, '/amount', 'range'],
  ['a text of the wrong form', { amount: 1, currency: 'euro' }, '/currency', 'format'],
  ['a list that is too long', { amount: 1, currency: 'EUR', tags: ['a', 'b', 'c'] }, '/tags', 'length'],
  ['a text that is too long', { amount: 1, currency: 'EUR', tags: ['a', 'long'] }, '/tags/1', 'length'],
  ['null instead of the whole', null, '', 'type'],
  ['a list instead of an object', [], '', 'type'],
];

for (const [sentence, value, pointer, kind] of faults) {
  test(`does not fit: ${sentence}`, () => {
    assert.equal(price.fits(value), false);
    const [first] = price.mismatches(value);
    assert.deepEqual({ pointer: first?.pointer, kind: first?.kind }, { pointer, kind });
  });
}

test('a strict schema names the field it does not know, and a closed set refuses other values', () => {
  const check = schemaCheck({
    type: 'object',
    properties: { reason: { type: 'string', enum: ['fraud'] } },
    additionalProperties: false,
  });
  const kinds = check.mismatches({ reason: 'whim', extra: 1 }).map(({ pointer, kind }) => `${pointer} ${kind}`);
  assert.ok(kinds.includes('/extra extra'), kinds.join());
  assert.ok(kinds.includes('/reason value'), kinds.join());
});

test('a value with thousands of faults is reported by a few of them', () => {
  const check = schemaCheck({ type: 'array', items: { type: 'string' } });
  const found = check.mismatches(Array.from({ length: 5000 }, (_, index) => index));
  assert.ok(found.length > 0 && found.length <= 8, String(found.length));
});
