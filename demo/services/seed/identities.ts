/**
 * The people the demo is played with. The identity provider makes its claims from this table and the services
 * seed their records from it, so that a token and the records it opens can't disagree.
 */

/** What the gateway knows a caller as; the services get it as `X-User-Role`. */
export type Role = 'customer' | 'support' | 'admin';

/** The rate-limit tier of a consumer. */
export type Tier = 'free' | 'pro' | 'enterprise';

export interface Identity {
  /** Subject of the tokens and id of the user record. */
  readonly id: string;
  readonly role: Role;
  readonly tier: Tier;
  readonly accountStatus: 'active' | 'suspended';
  readonly displayName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** One line for people: why one would sign in as this person. */
  readonly about: string;
}

export const identities = {
  customer: {
    id: 'usr_customer01',
    role: 'customer',
    tier: 'pro',
    accountStatus: 'active',
    displayName: 'Ava Martinez',
    givenName: 'Ava',
    familyName: 'Martinez',
    email: 'ava.martinez@example.com',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    about: 'a customer with many orders',
  },
  'new-customer': {
    id: 'usr_newcustomer01',
    role: 'customer',
    tier: 'free',
    accountStatus: 'active',
    displayName: 'Haruto Tanaka',
    givenName: 'Haruto',
    familyName: 'Tanaka',
    email: 'haruto.tanaka@example.com',
    locale: 'ja-JP',
    timeZone: 'Asia/Tokyo',
    about: 'a new customer without orders',
  },
  support: {
    id: 'usr_support01',
    role: 'support',
    tier: 'enterprise',
    accountStatus: 'active',
    displayName: 'Sam Okafor',
    givenName: 'Sam',
    familyName: 'Okafor',
    email: 'sam.okafor@facet.example',
    locale: 'en-GB',
    timeZone: 'Europe/Berlin',
    about: 'a support agent',
  },
  suspended: {
    id: 'usr_suspended01',
    role: 'customer',
    tier: 'pro',
    accountStatus: 'suspended',
    displayName: 'Rita Novak',
    givenName: 'Rita',
    familyName: 'Novak',
    email: 'rita.novak@example.com',
    locale: 'de-DE',
    timeZone: 'Europe/Vienna',
    about: 'a customer whose account is suspended',
  },
  admin: {
    id: 'usr_admin01',
    role: 'admin',
    tier: 'enterprise',
    accountStatus: 'active',
    displayName: 'Noor Haddad',
    givenName: 'Noor',
    familyName: 'Haddad',
    email: 'noor.haddad@facet.example',
    locale: 'en-US',
    timeZone: 'America/New_York',
    about: 'an administrator',
  },
} as const satisfies Record<string, Identity>;

export type IdentityName = keyof typeof identities;
