import type {
  FulfillmentState,
  OrderCancelReason,
  OrderStatus,
  PaymentState,
  PaymentStatus,
  RefundReason,
  RefundStatus,
  ShipmentState,
  TransactionState,
  TransactionType,
  UserStatus,
} from './states.ts';

/**
 * What the services' replies become at the way out's edge: checked, in camel case, states in upper case. Plain JSON, so that a
 * record can be cached as it is. `null` means that the service has no value, or, where a comment says so, was not asked for it.
 * Instants are RFC 3339 in UTC, as the services send them.
 */
export interface MoneyRecord {
  /** Minor units; a safe integer, which the edge has checked. Sums may leave that range: add as `bigint`. */
  readonly amountMinor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface AddressRecord {
  readonly id: string;
  readonly name: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly countryCode: string;
}

export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly phone: string | null;
  readonly phoneVerified: boolean;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly status: UserStatus;
  readonly role: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastLoginAt: string | null;
  readonly defaultShippingAddressId: string | null;
  readonly defaultBillingAddressId: string | null;
  /** Null when not asked for (`include=addresses`). */
  readonly addresses: readonly AddressRecord[] | null;
  readonly version: string;
}

export interface LineItemRecord {
  readonly id: string;
  readonly sku: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: MoneyRecord;
  readonly discountTotal: MoneyRecord | null;
  readonly taxTotal: MoneyRecord | null;
  readonly total: MoneyRecord;
  readonly imageUrl: string | null;
  readonly refundedQuantity: number;
}

export interface ShipmentRecord {
  readonly id: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly state: ShipmentState;
  readonly shippedAt: string | null;
  readonly estimatedDeliveryAt: string | null;
  readonly deliveredAt: string | null;
}

/** A row of the order service's own log of an order. */
export interface OrderEventRecord {
  readonly id: string;
  readonly type: 'placed' | 'confirmed' | 'cancelled' | 'payment' | 'refund' | 'shipment' | (string & {});
  readonly at: string;
  readonly actor: string | null;
  /** The payment, refund or shipment it speaks of. */
  readonly refId: string | null;
  /** What that thing became, in the words of its owner; null from versions of the service that don't say. */
  readonly state: string | null;
}

export interface OrderRecord {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly contactEmail: string | null;
  readonly status: OrderStatus;
  readonly paymentState: PaymentState;
  readonly fulfillmentState: FulfillmentState;
  readonly currency: string;
  /** Null when not asked for (`include=line_items`). */
  readonly lineItems: readonly LineItemRecord[] | null;
  readonly subtotal: MoneyRecord;
  readonly discountTotal: MoneyRecord | null;
  readonly shippingTotal: MoneyRecord | null;
  readonly taxTotal: MoneyRecord | null;
  readonly total: MoneyRecord;
  readonly shippingAddress: AddressRecord | null;
  readonly billingAddress: AddressRecord | null;
  /** Null when not asked for (`include=shipments`). */
  readonly shipments: readonly ShipmentRecord[] | null;
  /** Null when not asked for (`include=events`). */
  readonly events: readonly OrderEventRecord[] | null;
  readonly placedAt: string;
  readonly updatedAt: string;
  readonly cancelledAt: string | null;
  readonly cancelReason: OrderCancelReason | null;
  readonly note: string | null;
  readonly version: string;
  readonly paymentIds: readonly string[];
}

/** The order service's figures for one customer. */
export interface AccountSummaryRecord {
  readonly openOrderCount: number;
  /** One entry a currency. */
  readonly lifetimeSpend: readonly MoneyRecord[];
  /** One entry a currency. */
  readonly outstandingBalance: readonly MoneyRecord[];
  readonly lastOrder: OrderRecord | null;
}

/** What a payment was made with, as it was at the time. */
export interface PaymentInstrumentRecord {
  readonly type: 'card' | 'wallet' | 'bank_transfer' | 'gift_card' | (string & {});
  readonly card: CardRecord | null;
}

export interface CardRecord {
  readonly brand: string;
  readonly last4: string;
  /** 1 to 12. */
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

export interface PaymentFailureRecord {
  readonly code: string;
  readonly declineCode: string | null;
  readonly message: string;
  readonly retryable: boolean;
}

export interface NextActionRecord {
  readonly redirectUrl: string;
  readonly expiresAt: string | null;
}

export interface TransactionRecord {
  readonly id: string;
  readonly type: TransactionType;
  readonly state: TransactionState;
  readonly amount: MoneyRecord;
  readonly at: string;
}

export interface RefundRecord {
  readonly id: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly status: RefundStatus;
  readonly amount: MoneyRecord;
  readonly reason: RefundReason | null;
  readonly failureReason: string | null;
  readonly createdAt: string;
}

export interface PaymentRecord {
  readonly id: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly status: PaymentStatus;
  readonly amount: MoneyRecord;
  readonly amountCapturable: MoneyRecord;
  readonly amountCaptured: MoneyRecord;
  readonly amountRefunded: MoneyRecord;
  readonly instrument: PaymentInstrumentRecord | null;
  readonly nextAction: NextActionRecord | null;
  readonly failure: PaymentFailureRecord | null;
  readonly transactions: readonly TransactionRecord[];
  /** Null when not asked for (`expand=refunds`). */
  readonly refunds: readonly RefundRecord[] | null;
  readonly receiptUrl: string | null;
  readonly createdAt: string;
  readonly capturedAt: string | null;
  readonly cancelledAt: string | null;
  /** The gateway's own mark of the mutation that made it; null for payments made elsewhere. */
  readonly intent: string | null;
}

export interface DisputeRecord {
  readonly id: string;
  readonly paymentId: string;
  readonly status: string;
  readonly reason: string | null;
  readonly dueAt: string | null;
}

export interface PaymentMethodRecord {
  readonly id: string;
  readonly type: 'card' | 'wallet' | (string & {});
  readonly isDefault: boolean;
  readonly label: string;
  readonly card: CardRecord | null;
  readonly wallet: { readonly provider: string } | null;
}
