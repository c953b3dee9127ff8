import { LogDestination } from '../../src/telemetry/log-destination.ts';

// Writes numbered lines of several lengths to standard output, as one of several processes that share it.
const [name, count] = process.argv.slice(2);
const log = new LogDestination({ maxBufferBytes: 1_073_741_824, isShared: true });
for (let index = 0; index < Number(count); index++)
  log.write(`${JSON.stringify({ name, index, text: 'é'.repeat((index * 37) % 900) })}\n`);
await log.drain(20_000);
