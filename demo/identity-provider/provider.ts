import {
  type AdapterFactory,
  errors,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import { allScopes, claimsOf, identityOf, scopesOfRole } from './claims.ts';
import { clientsOf, defaultAudience } from './clients.ts';
import { claimsOfMinted } from './mint.ts';
import { signInPath } from './sign-in.ts';
import { type ProviderSettings, resourceServerOf } from './settings.ts';

interface ProviderState {
  /** Private keys, newest first. */
  readonly keys: readonly JWK[];
  readonly cookieSecret: string;
  readonly adapter: AdapterFactory;
}

/**
 * Signing in is the only question; consent between a company's own apps is not asked. What was granted before to this
 * client in this session is widened, so that its refresh tokens stay good.
 */
async function grantWhatTheRoleMay(ctx: KoaContextWithOIDC) {
  const { provider, client, account, session, params } = ctx.oidc;
  const identity = identityOf(account?.accountId ?? '');
  if (!client || !account || !identity) return undefined;
  const earlierId = session?.grantIdFor(client.clientId);
  const earlier = earlierId === undefined ? undefined : await provider.Grant.find(earlierId);
  const grant = earlier ?? new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope('openid profile email');
  for (const audience of [params?.['resource'] ?? []].flat()) {
    grant.addResourceScope(String(audience), scopesOfRole[identity.role].join(' '));
  }
  await grant.save();
  return grant;
}

/** Never asks for consent of its own accord, but answers `prompt=consent`. */
function signInOnly() {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.clear();
  return policy;
}

/** A real OpenID provider for the demo: authorization code with PKCE, refresh, JWKS, RS256 `at+jwt` access tokens. */
export function createProvider(settings: ProviderSettings, state: ProviderState): Provider {
  const audiences = new Set([settings.webAudience, settings.mobileAudience]);
  return new Provider(settings.issuer, {
    adapter: state.adapter,
    clients: clientsOf(settings),
    jwks: { keys: state.keys },
    cookies: { keys: [state.cookieSecret] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'email', ...allScopes],
    claims: {
      openid: ['sub'],
      profile: ['name', 'locale', 'zoneinfo', 'role', 'tier', 'account_status'],
      email: ['email'],
    },
    // Small claims go into the ID token itself: a BFF then needs no second call after the code exchange.
    conformIdTokenClaims: false,
    findAccount(_ctx, subject) {
      const identity = identityOf(subject);
      if (!identity) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, ...claimsOf(identity) }) };
    },
    extraTokenClaims(_ctx, token) {
      const minted = claimsOfMinted(token);
      if (minted) return { ...minted };
      const identity = 'accountId' in token ? identityOf(String(token.accountId)) : undefined;
      return identity && { ...claimsOf(identity) };
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, client, oneOf) => oneOf?.[0] ?? defaultAudience(client.clientId, settings),
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, audience) {
          if (!audiences.has(audience)) throw new errors.InvalidTarget();
          return resourceServerOf(audience, settings);
        },
      },
    },
    interactions: { policy: signInOnly(), url: (_ctx, interaction) => `${signInPath}/${interaction.uid}` },
    loadExistingGrant: grantWhatTheRoleMay,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    ttl: {
      AccessToken: settings.accessTokenTtlSeconds,
      AuthorizationCode: 60,
      Grant: 14 * 86_400,
      IdToken: 3_600,
      Interaction: 3_600,
      RefreshToken: 14 * 86_400,
      Session: 14 * 86_400,
    },
  });
}
