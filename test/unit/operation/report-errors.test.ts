import assert from 'node:assert/strict';
import { GraphQLError } from 'graphql';
import { test } from 'node:test';
import type { Correlated } from '../../../src/context/request-context.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { reportErrors } from '../../../src/operation/report-errors.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';

function reported(...errors: readonly (readonly [path: string, thrown: Error])[]): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const log = createLogger({ level: 'info', base: {}, destination });
  const located = errors.map(
    ([path, originalError]) => new GraphQLError('x', { path: path.split('.'), originalError }),
  );
  reportErrors({ data: {}, errors: located }, { log } as unknown as Correlated);
  return lines;
}

const down = (service: string, reason: string) =>
  new GatewayError('UPSTREAM_UNAVAILABLE', { service, context: { reason } });

test('a service that fails a whole list is one line, with the place of the first and how many there are', () => {
  const lines = reported(
    ['orders.0.payments', down('payments', 'connect')],
    ['viewer', down('users', 'timeout')],
    ['orders.1.payments', down('payments', 'connect')],
    ['orders.2.payments', down('payments', 'connect')],
  );
  assert.deepEqual(
    lines.map((line) => [line['facet.service'], line['facet.path'], line['facet.places'], line['log.level']]),
    [
      ['payments', 'orders.0.payments', 3, 'warn'],
      ['users', 'viewer', 1, 'warn'],
    ],
  );
});

test('bugs of our own are one line each, with the stack', () => {
  const lines = reported(['a', new TypeError('one')], ['b', new TypeError('two')], ['c', new TypeError('one')]);
  assert.deepEqual(
    lines.map((line) => [line['message'], (line['error'] as Error).message, line['facet.places']]),
    [
      ['a resolver failed', 'one', 2],
      ['a resolver failed', 'two', 1],
    ],
  );
  assert.match(JSON.stringify(lines[0]?.['error']), /"stack_trace":"[^"]*report-errors\.test\.ts/);
});

test('a response name that looks like a secret is not in the line', () => {
  const [line] = reported(['a.4111111111111111', down('users', 'timeout')]);
  assert.equal(line?.['facet.path'], 'a.[redacted]');
});
