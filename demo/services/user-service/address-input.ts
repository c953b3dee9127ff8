import { readObject } from '../kit/body-reader.ts';
import { addressMembers, type PostalAddress, readPostalAddress } from '../kit/postal-address.ts';

export interface AddressInput {
  fields: Partial<PostalAddress>;
  /** The default flags; undefined leaves them as they are. */
  shipping: boolean | undefined;
  billing: boolean | undefined;
}

/** A new address, or a merge patch of one, or 422 with everything that is wrong about it. */
export function readAddress(body: unknown, { isNew }: { isNew: boolean }): AddressInput {
  const known = [...addressMembers, 'is_default_shipping', 'is_default_billing'];
  const reader = readObject(body, known);
  if (!isNew && !known.some((name) => reader.has(name))) reader.refuse('', 'empty_patch', 'At least one field.');
  const input = {
    fields: readPostalAddress(reader, { isWhole: isNew }),
    shipping: reader.flag('is_default_shipping'),
    billing: reader.flag('is_default_billing'),
  };
  reader.finish();
  return input;
}
