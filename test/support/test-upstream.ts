import { upstreams } from '../../src/config/sections/upstreams.ts';
import type { Route } from '../../src/upstream/call.ts';
import { createUpstream, type Upstream, type UpstreamOptions } from '../../src/upstream/create-upstream.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import type { CallContext } from '../../src/context/call-context.ts';
import { Deadline } from '../../src/context/deadline.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createLogger, type Logger } from '../../src/telemetry/logger.ts';
import { callContextOf, principalOf } from './call-context.ts';

export const silentLog: Logger = createLogger({ level: 'silent', base: {} });

/** A request of `usr_1` with so much time. */
export function callContext(
  given: Partial<CallContext> & { readonly deadlineMs?: number; readonly clock?: Clock } = {},
): CallContext {
  const { deadlineMs = 5_000, clock = systemClock, ...change } = given;
  return callContextOf(principalOf('usr_1'), { deadline: new Deadline(clock, deadlineMs), ...change }, clock);
}

export interface TestUpstream extends Upstream {
  readonly metrics: Metrics;
}

/** A way out to one service `things` at the given URLs, with its configuration's defaults unless told otherwise. */
export async function testUpstream(
  urls: string | readonly string[],
  config: Readonly<Record<string, unknown>> = {},
  options: Partial<UpstreamOptions> = {},
): Promise<TestUpstream> {
  const metrics = new Metrics();
  const instances = [urls].flat().map((url) => ({ url }));
  const services = upstreams.parse({ things: { instances, credential: 'test-credential', ...config } });
  const upstream = await createUpstream({ services, contracts: anything, metrics, log: silentLog, ...options });
  return { ...upstream, metrics };
}

/** A contract that every value fits. */
const anything = { validatorFor: () => () => true, errorsOf: () => [] };

/** A read of a thing by id: the body is the value. */
export const getThing: Route<string, unknown> = {
  service: 'things',
  name: 'getThing',
  kind: 'read',
  method: 'GET',
  scope: 'caller',
  contract: 'Thing',
  request: (id) => ({ path: `/things/${id}` }),
  map: (body) => body,
  accepts: { 404: () => null },
  key: (id) => id,
};

/** A write that makes a thing. */
export const makeThing: Route<unknown, unknown> = {
  service: 'things',
  name: 'makeThing',
  kind: 'write',
  method: 'POST',
  scope: 'caller',
  contract: 'Thing',
  request: (body) => ({ path: '/things', body }),
  map: (body) => body,
};
