import type { CallContext } from '../../context/call-context.ts';
import { BreakerOpen, CircuitBreaker, type BreakerState, type Verdict } from '../../resilience/circuit-breaker.ts';
import type { Call, Reply, Send } from '../call.ts';
import type { Instance } from '../instances.ts';
import { reasons, UpstreamFailure, UpstreamProblem } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

type RouteBreaker = CircuitBreaker<[Send, Call, CallContext], Reply>;

/** By operation: routes that ask one operation in different ways (some users by id, a search among them) share its circuit. */
const circuits = new WeakMap<Instance, Map<string, RouteBreaker>>();

const attempt = (next: Send, call: Call, context: CallContext): Promise<Reply> => next(call, context);

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
    const circuitFor = (instance: Instance): RouteBreaker => {
      const ofInstance = circuits.get(instance) ?? new Map<string, RouteBreaker>();
      const known = ofInstance.get(route.name);
      if (known) return known;
      const changed = (state: BreakerState): void => {
        const level = state === 'closed' || state === 'half-open' ? 'info' : 'warn';
        const { name } = route;
        log[level](
          {
            'event.action': 'upstream.breaker',
            'facet.service': route.service,
            'facet.route': name,
            'facet.instance': instance.name,
            'facet.state': state,
          },
          'circuit changed',
        );
      };
      const circuit: RouteBreaker = new CircuitBreaker(attempt, policy.breaker, verdict, changed, clock);
      circuits.set(instance, ofInstance.set(route.name, circuit));
      instance.breakers.set(route.name, circuit);
      const forced = service.overrides.for(route.name, instance.name);
      if (forced) circuit.force(forced);
      return circuit;
    };

    const fire = async (call: Call, context: CallContext): Promise<Reply> => {
      try {
        return await circuitFor(call.instance!).fire(next, call, context);
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
