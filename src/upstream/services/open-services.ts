import type { CallContext } from '../../context/call-context.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Services } from './index.ts';
import { Loaders } from './loaders.ts';

/** Gives one request its loaders and its now, where its resolvers look for them. The only writer of these fields. */
export function openServices(context: CallContext, services: Services, clock: Clock): void {
  const target = context as CallContext & { services: Services; loaders: Loaders; nowMs: number };
  target.services = services;
  target.loaders = new Loaders(services, context);
  target.nowMs = clock.now();
}
