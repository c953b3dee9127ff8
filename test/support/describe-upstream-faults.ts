import { after, before, describe, test } from 'node:test';
import { suiteCleanup } from './processes.ts';
import { type FaultWorld, startFaultWorld, surviveUpstreamFault, upstreamFaults } from './upstream-faults.ts';

/** A suite over one real process and its services, in which payments fail in every way of the list, each for so long. */
export function describeUpstreamFaults(
  title: string,
  heldMs: number,
  further: (world: () => FaultWorld) => void = () => undefined,
): void {
  const cleanup = suiteCleanup(after);
  describe(title, () => {
    let world: FaultWorld;

    before(async () => {
      world = await startFaultWorld(cleanup);
    });

    for (const fault of upstreamFaults)
      test(`row ${fault.row}: payments ${fault.name}`, () => surviveUpstreamFault(world, 'payments', fault, heldMs));

    further(() => world);
  });
}
