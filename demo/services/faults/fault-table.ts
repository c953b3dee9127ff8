import { bodyFaults } from './body-faults.ts';
import type { Fault } from './fault.ts';
import { headerFaults } from './header-faults.ts';
import { latencyFaults } from './latency-faults.ts';
import { recordFaults } from './record-faults.ts';
import { statusFaults } from './status-faults.ts';
import { wireFaults } from './wire-faults.ts';

/** Faults that only one service's handlers can act out. */
const flagFaults: readonly Fault[] = [
  {
    name: 'refund-fails',
    summary: 'payment-service: a refund accepted now stays pending for its usual time and then fails.',
    isFlag: true,
  },
];

/** Every way a reference service can be made to go wrong. A new fault is one entry in one of these lists. */
export const faultTable: ReadonlyMap<string, Fault> = new Map(
  [
    ...latencyFaults,
    ...statusFaults,
    ...bodyFaults,
    ...recordFaults,
    ...headerFaults,
    ...wireFaults,
    ...flagFaults,
  ].map((fault) => [fault.name, fault]),
);
