import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../../../src/telemetry/logger.ts';

function logged(thrown: unknown): Record<string, unknown> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  createLogger({ level: 'info', base: { 'service.name': 'x' }, destination }).error({ error: thrown }, 'it failed');
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

test('a line says by which version of the schema its fields are named', () => {
  const line = logged('x');
  assert.deepEqual(Object.keys(line), ['log.level', '@timestamp', 'ecs.version', 'service.name', 'error', 'message']);
});

test('an error is its type, message, stack with causes and code, and nothing else that hangs on it', () => {
  const thrown = new TypeError('late', { cause: new Error('slow disk') });
  const { error } = logged(Object.assign(thrown, { code: 'ETIME', config: { authorization: 'Bearer x' } }));
  const { stack_trace: stack, ...rest } = error as Record<string, unknown>;
  assert.deepEqual(rest, { type: 'TypeError', message: 'late: slow disk', code: 'ETIME' });
  assert.match(String(stack), /logger\.test\.ts[\s\S]*caused by[\s\S]*slow disk/);
  assert.deepEqual(logged('a text')['error'], { message: 'a text' });
});
