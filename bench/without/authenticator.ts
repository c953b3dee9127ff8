/** Whoever was let in once is taken at their word: no signature, no expiry, no look at who is barred. */
import {
  createAuthenticator as create,
  type Authenticator,
  type AuthenticatorParts,
} from '../../src/auth/authenticator.ts';
import type { Principal } from '../../src/context/principal.ts';

export type { Authenticator, AuthenticatorParts } from '../../src/auth/authenticator.ts';

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const whole = create(parts);
  const known = new Map<string, Principal>();
  return {
    ...whole,
    authenticate(credentials, policy, context) {
      const { authorization = '' } = credentials;
      const principal = known.get(authorization);
      if (principal) return principal;
      const found = whole.authenticate(credentials, policy, context);
      return found instanceof Promise ? found.then(keep) : keep(found);

      function keep(one: Principal): Principal {
        known.set(authorization, one);
        return one;
      }
    },
  };
}
