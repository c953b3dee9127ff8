import type { OrderRecord } from '../../src/domain/records.ts';

/** What a cancellation brought: the order as its service answered, without its parts. */
export interface Cancelled {
  readonly cancelled: OrderRecord;
}
