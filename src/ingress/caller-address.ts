import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { AddressRanges } from '../rate-limit/address-rules.ts';

/** Where a request came from, as far as it can be believed. */
export interface CallerAddress {
  readonly address: string;
  /** Did it come to us, or to a proxy that we trust, over TLS? */
  readonly secure: boolean;
}

export type AddressOf = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => CallerAddress;

/** No honest chain of proxies is longer. */
const maxHops = 20;

/**
 * `X-Forwarded-For` is written by anyone, so it is read from its end, and only as far as trusted proxies wrote it: the first
 * address that is not one of theirs is the caller. Without trusted proxies the socket alone speaks.
 */
export function createCallerAddress(trustedProxies: readonly string[]): AddressOf {
  const trusted = new AddressRanges(trustedProxies);
  return ({ socket, headers }) => {
    const peer = socket.remoteAddress ?? '';
    const secure = 'encrypted' in socket;
    if (!trusted.has(peer)) return { address: peer, secure };
    const protocol = lastOf(headers['x-forwarded-proto']);
    return {
      address: callerBehind(peer, headers['x-forwarded-for'], trusted),
      secure: protocol === undefined ? secure : protocol === 'https',
    };
  };
}

function callerBehind(peer: string, header: string | string[] | undefined, trusted: AddressRanges): string {
  const hops = String(header ?? '').split(',');
  let caller = peer;
  for (const hop of hops.slice(-maxHops).reverse()) {
    const address = withoutPort(hop.trim());
    // A hop that is no address was not written by a proxy of ours; what stands before it is worth nothing.
    if (isIP(address) === 0) return caller;
    caller = address;
    if (!trusted.has(address)) return caller;
  }
  return caller;
}

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1];
  return bracketed ?? hop.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : String(header).split(',').at(-1)?.trim().toLowerCase();
}
