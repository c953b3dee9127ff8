import type { CallContext } from '../../context/call-context.ts';
import { BreakerOpen, CircuitBreaker, type BreakerState, type Verdict } from '../../resilience/circuit-breaker.ts';
import type { Call, Reply } from '../call.ts';
import type { Instance } from '../instances.ts';
import { reasons, UpstreamFailure, UpstreamProblem } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

type RouteBreaker = CircuitBreaker<[Call, CallContext], Reply>;

/** What an attempt that threw says of the instance. A bug of ours says nothing. */
function verdict(error: unknown): Verdict {
  if (error instanceof UpstreamFailure) return reasons[error.reason].verdict;
  return error instanceof UpstreamProblem ? 'alive' : 'neither';
}

/** One circuit for each route and instance: a broken route of a service takes neither its other routes nor its other instances along. */
export const circuitBreaker: LayerFactory = ({ route, policy, service, clock, log }) => {
  const refusal = { service: route.service, route: route.name, effect: 'none' } as const;
  const routeName = `${route.service}.${route.name}`;
  return (next) => {
    const action = next as (call: Call, context: CallContext) => Promise<Reply>;
    const circuits = new WeakMap<Instance, RouteBreaker>();

    const circuitFor = (instance: Instance): RouteBreaker => {
      const known = circuits.get(instance);
      if (known) return known;
      const changed = (state: BreakerState): void => {
        const level = state === 'closed' || state === 'half-open' ? 'info' : 'warn';
        const { name } = route;
        log[level](
          { event: 'upstream.breaker', service: route.service, route: name, instance: instance.name, state },
          'circuit changed',
        );
      };
      const circuit: RouteBreaker = new CircuitBreaker(action, policy.breaker, verdict, changed, clock);
      circuits.set(instance, circuit);
      instance.breakers.set(route.name, circuit);
      const forced = service.overrides.for(route.name, instance.name);
      if (forced) circuit.force(forced);
      return circuit;
    };

    const fire = async (call: Call, context: CallContext): Promise<Reply> => {
      try {
        return await circuitFor(call.instance!).fire(call, context);
      } catch (error) {
        if (!(error instanceof BreakerOpen)) throw error;
        const { retryAfterMs } = error;
        const now = clock.monotonic();
        context.journey.add({
          kind: 'breaker',
          name: routeName,
          startedAt: now,
          endedAt: now,
          outcome: 'open',
          detail: { instance: call.instance!.name, retryAfterMs },
        });
        throw new UpstreamFailure('breaker_open', { ...refusal, retryAfterMs });
      }
    };
    return fire as typeof next;
  };
};
