import type { CallContext } from '../../context/call-context.ts';
import type { Services } from './index.ts';
import { Loaders } from './loaders.ts';

/** Gives one request its loaders, where its resolvers look for them. The only writer of both fields. */
export function openServices(context: CallContext, services: Services): void {
  const target = context as CallContext & { services: Services; loaders: Loaders };
  target.services = services;
  target.loaders = new Loaders(services, context);
}
