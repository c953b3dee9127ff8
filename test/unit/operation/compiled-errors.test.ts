import assert from 'node:assert/strict';
import { GraphQLError } from 'graphql';
import { test } from 'node:test';
import { asGraphQLErrors } from '../../../src/operation/compiled-errors.ts';

const failed = (...path: (string | number)[]) => new GraphQLError('failed', { path, originalError: new Error('down') });

test('a place that became null is told by the field that may not be null, not by a sibling that failed beside it', () => {
  // graphql-jit reports what failed in place before what took its parent along.
  const { errors } = asGraphQLErrors({
    data: { orders: [{ payment: null }, { payment: { due: null } }] },
    errors: [
      failed('orders', 0, 'payment', 'due'),
      failed('orders', 1, 'payment', 'due'),
      failed('orders', 0, 'payment', 'canPay'),
    ],
  });
  assert.deepEqual(
    errors?.map(({ path }) => path?.join('.')),
    ['orders.1.payment.due', 'orders.0.payment.canPay'],
  );
});
