import { test } from 'node:test';
import { describeUpstreamFaults } from '../support/describe-upstream-faults.ts';
import { surviveLeavingClients } from '../support/upstream-faults.ts';

describeUpstreamFaults('a real process while a service fails for 30 seconds', 30_000, (world) => {
  test('row 28: 200 clients go away in the middle, ten times', async () => {
    for (let i = 0; i < 10; i++) await surviveLeavingClients(world(), 200);
  });
});
