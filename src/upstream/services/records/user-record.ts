import type { UserRecord } from '../../../domain/records.ts';
import { userStatuses } from '../../../domain/states.ts';
import type { User } from '../../../generated/user-service.ts';
import { openState } from './open-state.ts';
import { addressRecord } from './value-records.ts';

export function userRecord(wire: User): UserRecord {
  return {
    id: wire.id,
    email: wire.email,
    emailVerified: wire.email_verified,
    phone: wire.phone,
    phoneVerified: wire.phone_verified,
    givenName: wire.given_name,
    familyName: wire.family_name,
    displayName: wire.display_name,
    avatarUrl: wire.avatar_url,
    locale: wire.locale,
    timeZone: wire.time_zone,
    status: openState(userStatuses, wire.status),
    role: wire.role,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
    lastLoginAt: wire.last_login_at ?? null,
    defaultShippingAddressId: wire.default_shipping_address_id,
    defaultBillingAddressId: wire.default_billing_address_id,
    addresses: wire.addresses?.map(addressRecord) ?? null,
    version: String(wire.version),
  };
}
