import { after, before, describe, test } from 'node:test';
import { suiteCleanup } from '../support/processes.ts';
import {
  type FaultWorld,
  startFaultWorld,
  surviveLeavingClients,
  surviveUpstreamFault,
  upstreamFaults,
} from '../support/upstream-faults.ts';

const cleanup = suiteCleanup(after);

describe('a real process while a service fails for 30 seconds', () => {
  let world: FaultWorld;

  before(async () => {
    world = await startFaultWorld(cleanup);
  });

  for (const fault of upstreamFaults)
    test(`row ${fault.row}: payments ${fault.name}`, () => surviveUpstreamFault(world, 'payments', fault, 30_000));

  test('row 28: 200 clients go away in the middle, ten times', async () => {
    for (let i = 0; i < 10; i++) await surviveLeavingClients(world, 200);
  });
});
