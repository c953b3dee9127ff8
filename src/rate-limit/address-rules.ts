import { BlockList, isIPv6 } from 'node:net';

/** Ranges of addresses, from single ones and CIDRs. */
export class AddressRanges {
  readonly #ranges = new BlockList();
  readonly #any: boolean;

  constructor(cidrs: readonly string[]) {
    this.#any = cidrs.length > 0;
    for (const cidr of cidrs) {
      const [address = '', bits] = cidr.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.#ranges.addAddress(address, family);
      else this.#ranges.addSubnet(address, Number(bits), family);
    }
  }

  get isEmpty(): boolean {
    return !this.#any;
  }

  /** An IPv4 address mapped into IPv6 is matched as IPv4 (`BlockList` does so). */
  has(address: string): boolean {
    if (!this.#any) return false;
    return this.#ranges.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
}
