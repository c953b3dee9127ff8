import { timestamp } from '../kit/clock.ts';
import type { Database } from '../kit/database.ts';
import { diceFor } from '../seed/random.ts';
import { planUser, userCount } from '../seed/user-plan.ts';

/** A record is kept as the JSON it is answered as; what is searched by is generated from it and so can't disagree. */
export const userTables = `
  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    email TEXT GENERATED ALWAYS AS (lower(record ->> 'email')),
    display_name TEXT GENERATED ALWAYS AS (record ->> 'display_name'),
    family_name TEXT GENERATED ALWAYS AS (record ->> 'family_name'),
    phone TEXT GENERATED ALWAYS AS (record ->> 'phone'),
    status TEXT GENERATED ALWAYS AS (record ->> 'status'),
    created_at TEXT GENERATED ALWAYS AS (record ->> 'created_at')
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX users_email ON users (email);
  CREATE INDEX users_created_at ON users (created_at, id);

  CREATE TABLE addresses (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), position INTEGER NOT NULL, record TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX addresses_user ON addresses (user_id, position);

  CREATE TABLE preferences (
    user_id TEXT PRIMARY KEY, email INTEGER NOT NULL, sms INTEGER NOT NULL, push INTEGER NOT NULL, updated_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE push_tokens (token TEXT PRIMARY KEY, user_id TEXT NOT NULL, platform TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE lifecycle_log (
    user_id TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, actor TEXT, reason TEXT, note TEXT
  );
`;

export function seedUsers(database: Database, lastDayMs: number): void {
  for (let index = 0; index < userCount; index += 1) {
    const plan = planUser(index, lastDayMs);
    const dice = diceFor(`profile ${index}`);
    const firstAddress = plan.addresses[0]?.id ?? null;
    const record = {
      id: plan.id,
      email: plan.email,
      email_verified: plan.status !== 'pending_verification',
      phone: plan.phone,
      phone_verified: plan.phone !== null && dice.chance(0.7),
      given_name: plan.givenName,
      family_name: plan.familyName,
      display_name: plan.displayName,
      avatar_url: dice.chance(0.6) ? `https://images.facet.example/avatars/${plan.id}.png` : null,
      locale: plan.locale,
      time_zone: plan.timeZone,
      status: plan.status,
      role: plan.role,
      created_at: timestamp(plan.createdAtMs),
      updated_at: timestamp(plan.lastLoginAtMs ?? plan.createdAtMs),
      last_login_at: plan.lastLoginAtMs === null ? null : timestamp(plan.lastLoginAtMs),
      default_shipping_address_id: firstAddress,
      default_billing_address_id: plan.addresses.at(-1)?.id ?? firstAddress,
      metadata: dice.chance(0.3) ? { source: dice.pick(['newsletter', 'referral', 'store']) } : {},
      version: dice.integer(1, 9),
    };
    database.sql('INSERT INTO users (id, record) VALUES (?, ?)').run(record.id, JSON.stringify(record));
    for (const [position, address] of plan.addresses.entries()) {
      database
        .sql('INSERT INTO addresses VALUES (?, ?, ?, ?)')
        .run(address.id, plan.id, position, JSON.stringify(address));
    }
    const consents = [dice.chance(0.4), dice.chance(0.1), dice.chance(0.5)].map(Number);
    database
      .sql('INSERT INTO preferences VALUES (?, ?, ?, ?, ?)')
      .run(plan.id, consents[0]!, consents[1]!, consents[2]!, record.created_at);
  }
}
