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

describe('a real process while a service fails for a moment', () => {
  let world: FaultWorld;

  before(async () => {
    world = await startFaultWorld(cleanup);
  });

  for (const fault of upstreamFaults)
    test(`row ${fault.row}: payments ${fault.name}`, () => surviveUpstreamFault(world, 'payments', fault, 1_500));

  const worst = upstreamFaults.filter(({ link }) => link === 'refuse' || link === 'hang');
  for (const service of ['users', 'orders'] as const)
    for (const fault of worst)
      test(`row ${fault.row}: ${service} ${fault.name}`, () => surviveUpstreamFault(world, service, fault, 1_500));

  test('row 28: 200 clients go away in the middle, and nothing goes on for them', () =>
    surviveLeavingClients(world, 200));
});
