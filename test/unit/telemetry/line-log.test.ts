import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineLog } from '../../../src/telemetry/line-log.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';

function collected() {
  const lines: string[] = [];
  return { lines, destination: { write: (line: string) => void lines.push(line) } };
}

const instant = /"@timestamp":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/;

test('a line is the one that the logger of the process would write', () => {
  const { lines, destination } = collected();
  const settings = { level: 'info', base: { 'service.name': 'bff', 'process.pid': 7 }, destination } as const;
  createLogger(settings).info({ 'event.action': 'received', 'facet.cost': 3 }, 'received');
  new LineLog(settings).info(',"event.action":"received","facet.cost":3', 'received');
  const [expected, actual] = lines.map((line) => line.replace(instant, ''));
  assert.equal(actual, expected);
  for (const line of lines) {
    const at = Date.parse(instant.exec(line)?.[1] ?? '');
    assert.ok(Math.abs(at - Date.now()) < 10_000, line);
  }
});

test('lines follow the level, as it is and as it becomes', () => {
  const { lines, destination } = collected();
  const log = new LineLog({ level: 'warn', base: {}, destination });
  assert.equal(log.isOn, false);
  log.info('', 'unheard');
  log.setLevel('debug');
  log.info(',"a":1', 'heard');
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { message: string; a: number }).message),
    ['heard'],
  );
});
