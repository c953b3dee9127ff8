import { chooseInstance } from '../balancer.ts';
import type { Instance } from '../instances.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

const none: readonly Instance[] = [];

/** Gives each attempt an instance of the service. */
export const balance: LayerFactory = ({ route, service }) => {
  const { instances } = service;
  return (next) => async (call, context) => {
    const instance = chooseInstance(instances.all, route.name, call.tried ?? none);
    if (!instance)
      throw new UpstreamFailure('no_address', {
        service: route.service,
        route: route.name,
        effect: 'none',
        retryAfterMs: 1_000,
      });
    call.tried?.push(instance);
    instance.load++;
    try {
      return await next({ ...call, instance }, context);
    } finally {
      instance.load--;
    }
  };
};
