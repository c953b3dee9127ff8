import type { Audience } from '../../src/domain/display-time.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';

/** Who reads the texts of this answer, and when. */
export function audienceOf({ locale, nowMs }: ResolverContext): Audience {
  return { ...locale, nowMs };
}
