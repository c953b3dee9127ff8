import type { CallContext } from '../../context/call-context.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Services } from './index.ts';
import { Loaders } from './loaders.ts';

interface Opened extends CallContext {
  services: Services;
  loaders: Loaders;
  nowMs: number;
}

/** Gives one request its loaders and its now, where its resolvers look for them. With `renewLoaders` the only writer of these fields. */
export function openServices(context: CallContext, services: Services, clock: Clock): void {
  const target = context as Opened;
  target.services = services;
  target.loaders = new Loaders(services, context);
  target.nowMs = clock.now();
}

/** After a write: what the request loaded before may be old, so whoever asks now asks anew. */
export function renewLoaders(context: CallContext & { readonly services: Services }): void {
  (context as Opened).loaders = new Loaders(context.services, context);
}
