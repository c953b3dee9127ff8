import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** An item of a list fails at once while its neighbour is under way, and the neighbour fails later. */
const script = `
  import { buildSchema, execute, parse } from 'graphql';
  import { createLogger } from './src/telemetry/logger.ts';
  import { logUnheardRejections } from './src/telemetry/unheard-rejections.ts';
  if (process.argv[1] === 'listen') logUnheardRejections(createLogger({ level: 'info', base: {} }));
  const schema = buildSchema('type Query { list: [Item!] } type Item { late: String! }');
  schema.getType('Item').getFields().late.resolve = async () => { await null; throw new Error('too late'); };
  await execute({ schema, document: parse('{ list { late } }'), rootValue: { list: [{}, null] } });
  setImmediate(() => console.log('still here'));
`;

test('a promise that graphql-js leaves behind ends in the log and not in the end of the process', () => {
  const run = (argument: string) =>
    spawnSync(process.execPath, ['--input-type=module', '--eval', script, argument], { encoding: 'utf8' });
  const alone = run('alone');
  assert.equal(alone.status, 1, 'without it the process ends');
  const { status, stdout } = run('listen');
  assert.equal(status, 0);
  assert.match(stdout, /"log.level":"error".*too late/);
  assert.match(stdout, /still here/);
});
