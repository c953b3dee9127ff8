import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correlationIdOf, traceparentOf } from '../../../src/ingress/correlation.ts';

const id = '6f7f5f0e-1111-4111-8111-1111111111ab';

test('a correlation id is taken in either case of its letters, and is one string from then on', () => {
  assert.equal(correlationIdOf({ 'x-correlation-id': id }), id);
  // Swift's UUID().uuidString is upper case.
  assert.equal(correlationIdOf({ 'x-correlation-id': id.toUpperCase() }), id);
});

test('a correlation id that is absent or malformed is made anew, as a UUID of version 4', () => {
  const malformed = [
    undefined,
    '',
    'abc',
    id.replace('-4111-', '-1111-'),
    id.replace('-8111-', '-c111-'),
    `${id} `,
    `{${id}}`,
    `urn:uuid:${id}`,
    id.replaceAll('-', ''),
    `${id}\n`,
  ];
  for (const header of malformed) {
    const made = correlationIdOf(header === undefined ? {} : { 'x-correlation-id': header });
    assert.match(made, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual(made, id);
  }
});

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('a traceparent is taken as version 00 has it, in lower case only, and never with empty ids', () => {
  assert.equal(traceparentOf({ traceparent: parent }), parent);
  const malformed = [
    parent.toUpperCase(),
    parent.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32)),
    parent.replace('b7ad6b7169203331', '0'.repeat(16)),
    `${parent}-more`,
    parent.slice(0, -1),
    `ff${parent.slice(2)}`,
    'x',
  ];
  for (const traceparent of malformed) assert.equal(traceparentOf({ traceparent }), undefined, traceparent);
});

test('of a later version what is known is read, and goes on as version 00', () => {
  assert.equal(traceparentOf({ traceparent: `01${parent.slice(2)}` }), parent);
  assert.equal(traceparentOf({ traceparent: `cc${parent.slice(2)}-what-the-future-will-be-like` }), parent);
  assert.equal(traceparentOf({ traceparent: `cc${parent.slice(2)}.what` }), undefined);
});
