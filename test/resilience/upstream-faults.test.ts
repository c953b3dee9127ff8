import { test } from 'node:test';
import { describeUpstreamFaults } from '../support/describe-upstream-faults.ts';
import { surviveLeavingClients, surviveUpstreamFault, upstreamFaults } from '../support/upstream-faults.ts';

const heldMs = 1_500;

describeUpstreamFaults('a real process while a service fails for a moment', heldMs, (world) => {
  const worst = upstreamFaults.filter(({ link }) => link === 'refuse' || link === 'hang');
  for (const service of ['users', 'orders'] as const)
    for (const fault of worst)
      test(`row ${fault.row}: ${service} ${fault.name}`, () => surviveUpstreamFault(world(), service, fault, heldMs));

  test('row 28: 200 clients go away in the middle, and nothing goes on for them', () =>
    surviveLeavingClients(world(), 200));
});
