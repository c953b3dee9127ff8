import type { Call, Route } from './call.ts';

/**
 * What makes one call of a route different from another, as text: the route's own `key`, else the request itself, so that a part of
 * the input that nobody thought of (`include`) can never be left out. The two never look alike, since two routes may use one operation.
 */
function textOf<Input, Output>(route: Route<Input, Output>, input: Input): string {
  if (route.key) return `=${route.key(input)}`;
  const { path, body, headers } = route.request(input);
  if (body === undefined && headers === undefined) return path;
  return `${path} ${JSON.stringify([body, headers])}`;
}

/** The key text of a call that is asked and answered as a whole. */
export function callText<Input, Output>({ route, input }: Call<Input, Output>): string {
  return textOf(route, input);
}

/**
 * What the key texts of a batched call's parts begin with: the call's own text without any part. A part's text is this and its key, which
 * says all by which parts differ (`BatchShape.keysOf`).
 */
export function batchText<Input, Output>({ route, input }: Call<Input, Output>): string {
  if (!route.batch) throw new TypeError(`${route.service}.${route.name} is not batched`);
  return `${textOf(route, route.batch.narrow(input, []))} `;
}
