import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../../../src/lib/canonical-json.ts';

test('equal values have one text, whatever the order of their members', () => {
  assert.equal(canonicalJson({ b: [1, { d: 1, c: '"' }], a: null }), '{"a":null,"b":[1,{"c":"\\"","d":1}]}');
  assert.equal(canonicalJson({ a: 1, b: undefined }), canonicalJson({ a: 1 }));
});

test('values that differ have different texts', () => {
  const values = [1, '1', [1], ['1'], { a: 1 }, { a: '1' }, [], {}, null, '', 'null', [null], [[]], [{}], { '': null }];
  assert.equal(new Set(values.map((value) => canonicalJson(value))).size, values.length);
});

test('members named like the language’s own are members', () => {
  const parsed: unknown = JSON.parse('{"__proto__":1,"constructor":2}');
  assert.equal(canonicalJson(parsed), '{"__proto__":1,"constructor":2}');
});
