import type { OrderRecord, PaymentRecord, RefundRecord } from '../../src/domain/records.ts';
import type { UserReference } from '../../src/domain/user-reference.ts';

/** What the writes brought; the fields of a success read the rest anew, each on its own, so that none can make the write look failed. */
export interface CancelOrderDone {
  readonly cancelled: OrderRecord;
}

export interface PayOrderDone {
  readonly payment: PaymentRecord;
}

export interface RefundPaymentDone {
  readonly refund: RefundRecord;
}

export interface UpdateProfileDone {
  readonly viewer: UserReference;
}
