import type { ClientMetadata } from 'oidc-provider';
import type { ProviderSettings } from './settings.ts';

/** The client that minted tokens name as theirs; it can't take part in any flow. */
export const mintingClientId = 'facet-demo';

/** The registered clients: one confidential for the browser's BFF, one public and native for the app. */
export function clientsOf(settings: ProviderSettings): ClientMetadata[] {
  return [
    {
      client_id: 'facet-web',
      client_secret: settings.webClientSecret,
      client_name: 'Facet for the browser',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: settings.webRedirectUris,
      post_logout_redirect_uris: settings.webSignedOutUris,
    },
    {
      client_id: 'facet-mobile',
      client_name: 'Facet for the phone',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      // RFC 8252 sections 7.1 and 7.3: a private-use scheme, and loopback on whatever port the app got.
      redirect_uris: ['example.facet:/signed-in', 'http://127.0.0.1/signed-in'],
    },
    {
      client_id: mintingClientId,
      token_endpoint_auth_method: 'none',
      grant_types: [],
      response_types: [],
      redirect_uris: [],
    },
  ];
}

/** The audience of a client that asks for none. */
export function defaultAudience(clientId: string, settings: ProviderSettings): string {
  return clientId === 'facet-mobile' ? settings.mobileAudience : settings.webAudience;
}
