/**
 * The words that records use for states. Services say them in lower case and may add new ones at any time; the mapping at the
 * way out's edge (`upstream/services`) gives what is not in these lists as `UNKNOWN`, so that nothing behind it can be surprised.
 * The schemas' enums have the same values; a test compares them.
 */
export const orderStatuses = ['OPEN', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'UNKNOWN'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const paymentStates = [
  'UNPAID',
  'PENDING',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
  'FAILED',
  'UNKNOWN',
] as const;
/** The payment of an order as a whole. */
export type PaymentState = (typeof paymentStates)[number];

export const fulfillmentStates = [
  'UNFULFILLED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'SHIPPED',
  'DELIVERED',
  'RETURNED',
  'ON_HOLD',
  'UNKNOWN',
] as const;
export type FulfillmentState = (typeof fulfillmentStates)[number];

export const paymentStatuses = [
  'REQUIRES_PAYMENT_METHOD',
  'REQUIRES_CONFIRMATION',
  'REQUIRES_ACTION',
  'PROCESSING',
  'REQUIRES_CAPTURE',
  'SUCCEEDED',
  'CANCELLED',
  'UNKNOWN',
] as const;
/** One payment; the service spells the last but one `canceled`. */
export type PaymentStatus = (typeof paymentStatuses)[number];

export const refundStatuses = ['PENDING', 'REQUIRES_ACTION', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'UNKNOWN'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

export const refundReasons = ['DUPLICATE', 'FRAUDULENT', 'REQUESTED_BY_CUSTOMER', 'OTHER', 'UNKNOWN'] as const;
export type RefundReason = (typeof refundReasons)[number];

export const orderCancelReasons = ['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'STAFF', 'OTHER', 'UNKNOWN'] as const;
export type OrderCancelReason = (typeof orderCancelReasons)[number];

export const shipmentStates = [
  'LABEL_CREATED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
  'EXCEPTION',
  'RETURNED',
  'UNKNOWN',
] as const;
export type ShipmentState = (typeof shipmentStates)[number];

export const userStatuses = [
  'ACTIVE',
  'SUSPENDED',
  'LOCKED',
  'DEACTIVATED',
  'PENDING_VERIFICATION',
  'UNKNOWN',
] as const;
export type UserStatus = (typeof userStatuses)[number];

export const transactionTypes = ['AUTHORIZATION', 'CAPTURE', 'REFUND', 'VOID', 'CHARGEBACK', 'UNKNOWN'] as const;
export type TransactionType = (typeof transactionTypes)[number];

export const transactionStates = ['PENDING', 'SUCCESS', 'FAILURE', 'UNKNOWN'] as const;
export type TransactionState = (typeof transactionStates)[number];

/** What a caller may do with an order now. Ours, so it has no `UNKNOWN`. */
export const orderActions = ['CANCEL', 'REFUND', 'CHANGE_ADDRESS', 'RETRY_PAYMENT', 'REORDER'] as const;
export type OrderAction = (typeof orderActions)[number];
