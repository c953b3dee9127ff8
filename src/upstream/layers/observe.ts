import { toGatewayError } from '../../errors/gateway-error.ts';
import type { LayerFactory } from '../route-context.ts';

/** Counts every call and writes it down in its request's journey and report, whoever answers it below. */
export const observe: LayerFactory = ({ route, metrics, clock }) => {
  const name = `${route.service}.${route.name}`;
  return (next) => async (call, context) => {
    const startedAt = clock.monotonic();
    try {
      const reply = await next(call, context);
      const endedAt = clock.monotonic();
      metrics.callDone(endedAt - startedAt);
      context.journey.add({ kind: 'call', name, startedAt, endedAt, outcome: 'ok' });
      if (reply.dropped)
        context.report.dropped.push({ service: route.service, route: route.name, count: reply.dropped });
      return reply;
    } catch (error) {
      const endedAt = clock.monotonic();
      const { code } = toGatewayError(error);
      metrics.callFailed(endedAt - startedAt, code);
      context.journey.add({ kind: 'call', name, startedAt, endedAt, outcome: code });
      throw error;
    }
  };
};
