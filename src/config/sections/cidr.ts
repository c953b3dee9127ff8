import { isIP } from 'node:net';
import { z } from 'zod';

/** A range of addresses, or one address. */
export const cidr = z.string().refine(isCidr, 'write an address or a CIDR range: 10.0.0.0/8, 2001:db8::/32');

function isCidr(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
