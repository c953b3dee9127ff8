import type { AddressRecord, MoneyRecord } from '../../../domain/records.ts';

interface WireMoney {
  readonly amount: number;
  readonly currency: string;
}

interface WireAddress {
  readonly id: string;
  readonly name: string | null;
  readonly line1: string;
  readonly line2?: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postal_code: string | null;
  readonly country_code: string;
}

export function moneyRecord({ amount, currency }: WireMoney): MoneyRecord {
  return { amountMinor: amount, currency };
}

export function addressRecord(wire: WireAddress): AddressRecord {
  return {
    id: wire.id,
    name: wire.name,
    line1: wire.line1,
    line2: wire.line2 ?? null,
    city: wire.city,
    region: wire.region,
    postalCode: wire.postal_code,
    countryCode: wire.country_code,
  };
}
