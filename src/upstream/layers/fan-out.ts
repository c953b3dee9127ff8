import { UpstreamFailure } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

/** Counts the calls of one request and refuses those above its bound; the answer is then partial, not endless. */
export const fanOut: LayerFactory = ({ route }) => {
  return (next) => (call, context) => {
    const { report } = context;
    if (report.calls >= report.maxCalls) {
      const options = {
        service: route.service,
        route: route.name,
        effect: 'none',
        context: { maxCalls: report.maxCalls },
      } as const;
      return Promise.reject(new UpstreamFailure('fan_out', options));
    }
    report.calls++;
    return next(call, context);
  };
};
