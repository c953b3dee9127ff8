import type { Reply } from '../call.ts';
import type { LayerFactory } from '../route-context.ts';
import { UpstreamFailure } from '../upstream-failure.ts';

/**
 * Follows `has_more` until the last page and answers with the whole. Each page is a call of its own for everything below. What is over
 * the route's bound of pages fails, since a cut list would look like the truth.
 */
export const followPages: LayerFactory =
  ({ route: { service, name } }) =>
  (next) =>
  async (call, context) => {
    let reply = await next(call, context);
    const { follow } = call.route;
    if (!follow) return reply;
    let input = follow.next(reply.value, call.input);
    for (let page = 2; input !== undefined; page++) {
      if (page > follow.maxPages)
        throw new UpstreamFailure('contract', { service, route: name, effect: 'none', context: { pages: page } });
      const further = await next({ ...call, input }, context);
      reply = joined(reply, further, follow.merge(reply.value, further.value));
      input = follow.next(further.value, input);
    }
    return reply;
  };

function joined<Output>(first: Reply<Output>, last: Reply<Output>, value: Output): Reply<Output> {
  const dropped = (first.dropped ?? 0) + (last.dropped ?? 0);
  return { ...last, value, bytes: first.bytes + last.bytes, ...(dropped > 0 && { dropped }) };
}
