import type { FaultSwitch } from '../faults/fault-switch.ts';
import { faultTable } from '../faults/fault-table.ts';
import type { Clock } from './clock.ts';
import { notFound, Problem } from './problem.ts';
import type { Route } from './router.ts';

/**
 * The switches of a reference service, for the demo control and for tests; they exist only when the service has a
 * control token, and no contract names them.
 */
export function controlRoutes(faults: FaultSwitch, clock: Clock, onClockMoved: () => void): Route[] {
  const access = 'control';
  return [
    {
      operation: 'listFaults',
      method: 'GET',
      path: '/__faults',
      access,
      handle: () => ({
        status: 200,
        body: {
          rules: faults.list(),
          known: [...faultTable.values()].map(({ name, summary, parameters = {} }) => ({ name, summary, parameters })),
        },
      }),
    },
    {
      operation: 'replaceFaults',
      method: 'PUT',
      path: '/__faults',
      access,
      handle({ body }) {
        const rules = (body as { rules?: unknown } | undefined)?.rules;
        if (!Array.isArray(rules)) throw new Problem(422, 'validation_failed', 'Send {"rules": [...]}.');
        faults.replace(rules);
        return { status: 200, body: { rules: faults.list() } };
      },
    },
    {
      operation: 'addFault',
      method: 'POST',
      path: '/__faults',
      access,
      handle: ({ body }) => ({ status: 201, body: faults.add(body) }),
    },
    {
      operation: 'clearFaults',
      method: 'DELETE',
      path: '/__faults',
      access,
      handle() {
        faults.clear();
        return { status: 204 };
      },
    },
    {
      operation: 'removeFault',
      method: 'DELETE',
      path: '/__faults/{id}',
      access,
      handle({ params }) {
        if (!faults.remove(params['id']!)) throw notFound('rule');
        return { status: 204 };
      },
    },
    {
      operation: 'advanceClock',
      method: 'POST',
      path: '/__clock',
      access,
      handle({ body }) {
        const advanceMs = (body as { advance_ms?: unknown } | undefined)?.advance_ms;
        if (typeof advanceMs !== 'number' || !(advanceMs >= 0 && advanceMs <= 1e11)) {
          throw new Problem(422, 'validation_failed', 'Send {"advance_ms": n}; time only goes forward.');
        }
        clock.advance(advanceMs);
        onClockMoved();
        return { status: 200, body: { now: new Date(clock.now()).toISOString() } };
      },
    },
  ];
}
