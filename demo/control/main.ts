import { children } from '../children.ts';
import { createControlServer } from './server.ts';
import { faultClient } from './fault-client.ts';
import { operationsOf } from './operations.ts';
import { supervisorLink } from './supervisor-link.ts';

const { env } = process;

const server = createControlServer({
  ask: supervisorLink(),
  faults: faultClient(env['FAULTS_TOKEN'] ?? ''),
  services: new Map(
    children.flatMap(({ name, contract, ports: [{ variable }] }) =>
      contract === undefined ? [] : [[name, { portVariable: variable, operations: operationsOf(contract) }]],
    ),
  ),
});
server.listen(Number(env['PORT'] ?? 4300), '127.0.0.1', () => {
  console.log(JSON.stringify({ level: 'info', message: 'listening', address: server.address() }));
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
