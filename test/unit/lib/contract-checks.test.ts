import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractChecks } from '../../../src/lib/contract-checks.ts';

interface Types {
  shelf: { Book: { title: string } };
}
const { validatorFor, errorsOf } = contractChecks<Types>({
  shelf: { Book: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } } },
});

test('a named check is one function for all who ask, and narrows the type of what fits', () => {
  const isBook = validatorFor('shelf', 'Book');
  assert.equal(isBook, validatorFor('shelf', 'Book'));
  const value: unknown = { title: 'Emma' };
  assert.equal(isBook(value) && value.title, 'Emma');
  assert.equal(isBook({}), false);
});

test('a schema or service that does not exist is told when the check is asked for, not at the first value', () => {
  assert.throws(() => validatorFor('shelf' as string, 'Film'), /"shelf" has no schema "Film"/);
  assert.throws(() => validatorFor('attic', 'Book'), /"attic" has no schema "Book"/);
  assert.throws(() => errorsOf('shelf', 'toString', {}), TypeError);
});

test('errors name the place', () => {
  assert.deepEqual(errorsOf('shelf', 'Book', {}), [{ pointer: '/title', kind: 'missing', keyword: 'required' }]);
  assert.deepEqual(errorsOf('shelf', 'Book', { title: 'Emma' }), []);
});
