import type Provider from 'oidc-provider';
import type { IdentityClaims } from './claims.ts';
import { mintingClientId } from './clients.ts';
import type { MintRequest } from './mint-request.ts';
import { type ProviderSettings, resourceServerOf } from './settings.ts';

const claimsByToken = new WeakMap<object, IdentityClaims>();

/** The claims asked for when this token was minted; undefined for a token of an ordinary flow. */
export function claimsOfMinted(token: object): IdentityClaims | undefined {
  return claimsByToken.get(token);
}

/**
 * An access token made by the provider's own model, formatter and keys, so that nothing tells it from one of a code
 * flow but its `client_id`.
 */
export async function mintAccessToken(provider: Provider, wanted: MintRequest, settings: ProviderSettings) {
  const client = await provider.Client.find(mintingClientId);
  if (!client) throw new Error(`the client ${mintingClientId} is not registered`);
  const resource = wanted.audience[0] ?? settings.webAudience;
  const token = new provider.AccessToken({
    accountId: wanted.subject,
    client,
    grantId: '',
    gty: 'demo',
    scope: wanted.scope,
    expiresIn: wanted.expiresInSeconds,
    resourceServer: new provider.ResourceServer(resource, resourceServerOf(resource, settings)),
  });
  // RFC 7519 section 4.1.3 allows a list; the provider's own setter takes one audience only.
  token.aud = wanted.audience.length === 1 ? resource : [...wanted.audience];
  claimsByToken.set(token, wanted.claims);
  return {
    access_token: await token.save(),
    token_type: 'Bearer',
    expires_in: wanted.expiresInSeconds,
    scope: wanted.scope,
  };
}
