/** Replies are taken as they come. */
import type { CheckedBody } from '../../src/upstream/contract-body.ts';
import type { Route } from '../../src/upstream/call.ts';

export type { CheckedBody } from '../../src/upstream/contract-body.ts';

export function contractBody({ contract }: Route): ((body: unknown) => CheckedBody) | undefined {
  return contract === undefined ? undefined : (body) => ({ body, dropped: 0 });
}
