import { isIPv6 } from 'node:net';
import type { Principal } from '../context/principal.ts';

/**
 * Who is counted. A known caller by its own name, everywhere the same; an anonymous one by client and address, since there is
 * nothing better, and an IPv6 address by its /64, since a customer owns at least one of those.
 */
export function consumerOf(principal: Principal, clientName: string, address: string): string {
  return principal.credential === 'none' ? `anonymous:${clientName}:${networkOf(address)}` : principal.consumer;
}

/** The key of a counter. The consumer is the hash tag, so that all its counters share a slot and one script can see them. */
export function counterKey(consumer: string, counter: string): string {
  return `facet:limit:{${consumer}}:${counter}`;
}

/** The network that an address is counted as: IPv4 whole (also when mapped into IPv6), IPv6 as its first 64 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const plain = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = plain.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0);
    while (groups.length + rest < 8 && groups.length < 4) groups.push('0');
    if (groups.length < 4) groups.push(...tail.split(':'));
  }
  const first64 = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first64.join(':')}::/64`;
}
