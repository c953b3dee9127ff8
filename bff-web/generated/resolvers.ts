// Generated from schema/ by `npm run generate:graphql`. Never edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserReference } from '../../src/domain/user-reference.ts';
import type { UserPage, UserPageEdge, OrderPage, OrderPageEdge, LineItemPage, LineItemPageEdge, RefundPage, RefundPageEdge, PaymentMethodPage, PaymentMethodPageEdge } from '../../src/domain/page.ts';
import type { AccountSummaryRecord, AddressRecord, OrderRecord, LineItemRecord, ShipmentRecord, PaymentRecord, PaymentFailureRecord, PaymentInstrumentRecord, NextActionRecord, DisputeRecord, RefundRecord, PaymentMethodRecord } from '../../src/domain/records.ts';
import type { Amount } from '../../src/domain/amount.ts';
import type { TimelineEntry, PlacedEntry, ConfirmedEntry, CancelledEntry, PaymentEntry, RefundEntry, ShipmentEntry, TimelinePage, TimelineEdge } from '../../src/domain/timeline-entry.ts';
import type { CancelOrderDone, PayOrderDone, RefundPaymentDone, UpdateProfileDone } from '../resolvers/mutation-done.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 4217 alphabetic code. */
  CurrencyCode: { input: string; output: string; }
  /** An instant as RFC 3339 has it, always in UTC with a trailing `Z`. */
  DateTime: { input: string; output: string; }
  /**
   * Integer amount in the currency's minor unit, serialised as a JSON string so it survives 32-bit clients and rounding
   * parsers. As an input it must be a string too.
   */
  MinorUnits: { input: string; output: string | number | bigint; }
  /** An absolute URL as RFC 3986 has it: `https`, or the app's own scheme in a deep link. */
  URL: { input: string; output: string; }
};

/** One customer's orders in figures. */
export type AccountSummary = {
  readonly __typename?: 'AccountSummary';
  /** The newest order; null if there is none. */
  readonly lastOrder?: Maybe<Order>;
  /** All that was ever paid and not refunded, one entry a currency. */
  readonly lifetimeSpend?: Maybe<ReadonlyArray<Money>>;
  /** Orders neither completed nor cancelled. */
  readonly openOrderCount?: Maybe<Scalars['Int']['output']>;
  /** All that is still to pay, one entry a currency. */
  readonly outstandingBalance?: Maybe<ReadonlyArray<Money>>;
};

/** A saved address, or the copy of one that an order keeps. */
export type Address = {
  readonly __typename?: 'Address';
  readonly city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: Scalars['String']['output'];
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** Street and number. */
  readonly line1: Scalars['String']['output'];
  /** What doesn't fit above. */
  readonly line2?: Maybe<Scalars['String']['output']>;
  /** Recipient. */
  readonly name?: Maybe<Scalars['String']['output']>;
  readonly postalCode?: Maybe<Scalars['String']['output']>;
  /** State, province or county. */
  readonly region?: Maybe<Scalars['String']['output']>;
};

/** Who may share a kept answer. */
export type CacheControlScope =
  /** The caller alone. */
  | 'PRIVATE'
  /** Anyone: the answer is the same for every caller. */
  | 'PUBLIC';

/** Which order to end, and why. */
export type CancelOrderInput = {
  /** Made by the client for this one intention, for example a UUID; 1 to 255 characters. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** `Order.version` as last read; a `ConflictProblem` follows if the order changed since. Not checked if omitted. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  /** For staff. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  readonly orderId: Scalars['ID']['input'];
  readonly reason: OrderCancelReasonInput;
};

/** The same idempotencyKey with other input is a ConflictProblem with code IDEMPOTENCY_KEY_REUSED. */
export type CancelOrderResult = CancelOrderSuccess | ConflictProblem | NotAllowedInStateProblem | NotFoundProblem | OutcomeUnknownProblem | UnavailableProblem | ValidationProblem;

/** The order is cancelled, or will be: see its status. */
export type CancelOrderSuccess = {
  readonly __typename?: 'CancelOrderSuccess';
  /** Null when it can't be read again; the cancellation stands. */
  readonly order?: Maybe<Order>;
  /** To refresh the screen in the same round trip. */
  readonly query: Query;
};

/** A card. The number itself never passes here. */
export type CardPaymentMethod = PaymentMethod & {
  readonly __typename?: 'CardPaymentMethod';
  readonly brand: Scalars['String']['output'];
  /** 1 to 12. */
  readonly expiryMonth: Scalars['Int']['output'];
  /** Four digits. */
  readonly expiryYear: Scalars['Int']['output'];
  /** Opaque, stable; send it as `savedMethodId`. */
  readonly id: Scalars['ID']['output'];
  /** Whether checkout should start with it. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** For people: `Visa •••• 4242`. */
  readonly label: Scalars['String']['output'];
  readonly last4: Scalars['String']['output'];
};

/** Someone else was faster, or the idempotencyKey was used for something else (IDEMPOTENCY_KEY_REUSED). */
export type ConflictProblem = Problem & {
  readonly __typename?: 'ConflictProblem';
  readonly code: Scalars['String']['output'];
  /** Read again, then send this as ifVersion; null if versions were not the cause. */
  readonly currentVersion?: Maybe<Scalars['String']['output']>;
  readonly message: Scalars['String']['output'];
};

/** A payment contested at the payer's bank. */
export type Dispute = {
  readonly __typename?: 'Dispute';
  /** Until when the shop must answer. */
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  /** The bank's word for the cause. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** needs_response, under_review, won or lost; new values may appear. */
  readonly status: Scalars['String']['output'];
};

/** One mistake in the input. */
export type FieldProblem = {
  readonly __typename?: 'FieldProblem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  /** From the mutation's argument down: `["input", "phone"]`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Delivery of the order as a whole. */
export type FulfillmentState =
  | 'DELIVERED'
  /** All packed. */
  | 'FULFILLED'
  /** Stopped, for example by a check. */
  | 'ON_HOLD'
  | 'PARTIALLY_FULFILLED'
  | 'RETURNED'
  | 'SHIPPED'
  | 'UNFULFILLED'
  /** A value this schema doesn't know yet. As a filter it matches nothing. */
  | 'UNKNOWN';

/** A picture ready to show. */
export type Image = {
  readonly __typename?: 'Image';
  /** What a screen reader should say. */
  readonly alt?: Maybe<Scalars['String']['output']>;
  /** CSS pixels; null if not known. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** Where to get it, already in the wanted size. */
  readonly url: Scalars['URL']['output'];
  /** CSS pixels; null if not known. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};

/** One line of the invoice. */
export type LineItem = {
  readonly __typename?: 'LineItem';
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** Null if the article has none. */
  readonly image?: Maybe<Image>;
  /** Pieces. */
  readonly quantity: Scalars['Int']['output'];
  /** Pieces already refunded. */
  readonly refundedQuantity?: Maybe<Scalars['Int']['output']>;
  /** The shop's article number. */
  readonly sku?: Maybe<Scalars['String']['output']>;
  readonly title: Scalars['String']['output'];
  /** For all pieces, after discounts and tax. */
  readonly total: Money;
  /** For one piece, before discounts. */
  readonly unitPrice: Money;
};


/** One line of the invoice. */
export type LineItemImageArgs = {
  size?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of invoice lines. */
export type LineItemConnection = {
  readonly __typename?: 'LineItemConnection';
  readonly edges: ReadonlyArray<LineItemEdge>;
  /** The nodes of `edges`, for clients that don't need cursors. */
  readonly nodes: ReadonlyArray<LineItem>;
  readonly pageInfo: PageInfo;
};

/** A line and its place on the invoice. */
export type LineItemEdge = {
  readonly __typename?: 'LineItemEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: LineItem;
};

/** An amount, for arithmetic (`amountMinor`), for machines that want a point (`decimal`) and for people (`formatted`). */
export type Money = {
  readonly __typename?: 'Money';
  /** 1999 with EUR is 19.99; 1999 with JPY is 1999. */
  readonly amountMinor: Scalars['MinorUnits']['output'];
  readonly currency: Scalars['CurrencyCode']['output'];
  /** With as many digits after the point as the currency has, never a thousands separator: `19.99`. */
  readonly decimal: Scalars['String']['output'];
  /** For people, with the currency's sign. */
  readonly formatted: Scalars['String']['output'];
};


/** An amount, for arithmetic (`amountMinor`), for machines that want a point (`decimal`) and for people (`formatted`). */
export type MoneyFormattedArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** An amount to act on. */
export type MoneyInput = {
  /** In the currency's minor unit, as a string of digits. */
  readonly amountMinor: Scalars['MinorUnits']['input'];
  /** Must be the currency of what the amount is taken from. */
  readonly currency: Scalars['CurrencyCode']['input'];
};

/**
 * What a browser can change. Whatever can go wrong is a member of the result; `errors` is for our own bugs. Repeat a
 * mutation only with the same `idempotencyKey`: a key is remembered for the caller for at least 24 hours.
 */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Cancels an order that has not shipped. */
  readonly cancelOrder: CancelOrderResult;
  /** Pays what is still open of an order. */
  readonly payOrder: PayOrderResult;
  /** Gives money back, all of it or a part. Needs the support or admin role. */
  readonly refundPayment: RefundPaymentResult;
  /** Changes the signed-in user's own profile; what is omitted stays. */
  readonly updateProfile: UpdateProfileResult;
};


/**
 * What a browser can change. Whatever can go wrong is a member of the result; `errors` is for our own bugs. Repeat a
 * mutation only with the same `idempotencyKey`: a key is remembered for the caller for at least 24 hours.
 */
export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


/**
 * What a browser can change. Whatever can go wrong is a member of the result; `errors` is for our own bugs. Repeat a
 * mutation only with the same `idempotencyKey`: a key is remembered for the caller for at least 24 hours.
 */
export type MutationPayOrderArgs = {
  input: PayOrderInput;
};


/**
 * What a browser can change. Whatever can go wrong is a member of the result; `errors` is for our own bugs. Repeat a
 * mutation only with the same `idempotencyKey`: a key is remembered for the caller for at least 24 hours.
 */
export type MutationRefundPaymentArgs = {
  input: RefundPaymentInput;
};


/**
 * What a browser can change. Whatever can go wrong is a member of the result; `errors` is for our own bugs. Repeat a
 * mutation only with the same `idempotencyKey`: a key is remembered for the caller for at least 24 hours.
 */
export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};

/** A record with an id that is unique across all types, so that a client may keep one normalised cache for everything. */
export type Node = {
  /** Opaque; the same record has the same id in every field and for ever. */
  readonly id: Scalars['ID']['output'];
};

/** The thing exists, but not in a state that allows this. Nothing was changed. */
export type NotAllowedInStateProblem = Problem & {
  readonly __typename?: 'NotAllowedInStateProblem';
  /** What is allowed instead. */
  readonly availableActions: ReadonlyArray<OrderAction>;
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
};

/** There is no such thing, or it is not the caller's. Nothing was changed. */
export type NotFoundProblem = Problem & {
  readonly __typename?: 'NotFoundProblem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
};

/**
 * An order as the customer and support see it. Its state has three independent axes: the order itself, its payment and
 * its delivery.
 */
export type Order = Node & {
  readonly __typename?: 'Order';
  /** Sum over `payments`, refunds not taken off; null when the payment service cannot be reached. */
  readonly amountPaid?: Maybe<Money>;
  /** Sum over `payments`; null when the payment service cannot be reached. */
  readonly amountRefunded?: Maybe<Money>;
  /** What the caller may do now, by role and state. */
  readonly availableActions?: Maybe<ReadonlyArray<OrderAction>>;
  readonly billingAddress?: Maybe<Address>;
  /** Null unless cancelled. */
  readonly cancelReason?: Maybe<OrderCancelReason>;
  /** Null unless cancelled. */
  readonly cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  /** Null when the user service cannot be reached. */
  readonly customer?: Maybe<User>;
  /** As a positive amount. */
  readonly discountTotal?: Maybe<Money>;
  /** How far delivery has come. */
  readonly fulfillmentState?: Maybe<FulfillmentState>;
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** What was ordered, in the order of the invoice. */
  readonly lineItems?: Maybe<LineItemConnection>;
  /** As printed on the invoice. */
  readonly number?: Maybe<Scalars['String']['output']>;
  /** What the order service says of its payment. The single payments are in `payments`. */
  readonly paymentState?: Maybe<PaymentState>;
  /** Null when the payment service cannot be reached; the rest of the order still renders. */
  readonly payments?: Maybe<ReadonlyArray<Payment>>;
  /** When the customer ordered. */
  readonly placedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What `refundPayment` would still accept over all payments; null when the payment service cannot be reached. */
  readonly refundableAmount?: Maybe<Money>;
  /** Parcels on their way, oldest first. */
  readonly shipments?: Maybe<ReadonlyArray<Shipment>>;
  /** As it was when the order was placed, unless changed since. */
  readonly shippingAddress?: Maybe<Address>;
  readonly shippingTotal?: Maybe<Money>;
  /** The order itself. */
  readonly status?: Maybe<OrderStatus>;
  /** Before discounts, shipping and tax. */
  readonly subtotal?: Maybe<Money>;
  readonly taxTotal?: Maybe<Money>;
  /** What happened to the order, its payments and its parcels, oldest first. */
  readonly timeline?: Maybe<OrderEventConnection>;
  /** What the customer owes in all. */
  readonly total?: Maybe<Money>;
  /** When anything about it last changed. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque token to send back as ifVersion for optimistic concurrency. */
  readonly version?: Maybe<Scalars['String']['output']>;
};


/**
 * An order as the customer and support see it. Its state has three independent axes: the order itself, its payment and
 * its delivery.
 */
export type OrderLineItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * An order as the customer and support see it. Its state has three independent axes: the order itself, its payment and
 * its delivery.
 */
export type OrderTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What the caller may do with an order now. */
export type OrderAction =
  /** See `cancelOrder`. */
  | 'CANCEL'
  | 'CHANGE_ADDRESS'
  /** See `refundPayment`. */
  | 'REFUND'
  | 'REORDER'
  /** See `payOrder`. */
  | 'RETRY_PAYMENT';

/** Who or what ended the order. */
export type OrderCancelReason =
  | 'CUSTOMER'
  | 'DECLINED'
  | 'FRAUD'
  | 'INVENTORY'
  | 'OTHER'
  | 'STAFF'
  /** A value this schema doesn't know yet. */
  | 'UNKNOWN';

/** Who or what ends the order. */
export type OrderCancelReasonInput =
  | 'CUSTOMER'
  | 'DECLINED'
  | 'FRAUD'
  | 'INVENTORY'
  | 'OTHER'
  | 'STAFF';

/** The order was ended before it was done. */
export type OrderCancelledEvent = OrderEvent & {
  readonly __typename?: 'OrderCancelledEvent';
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly reason?: Maybe<OrderCancelReason>;
};

/** The shop accepted the order. */
export type OrderConfirmedEvent = OrderEvent & {
  readonly __typename?: 'OrderConfirmedEvent';
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
};

/** One page of orders. */
export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  readonly edges: ReadonlyArray<OrderEdge>;
  /** The nodes of `edges`, for clients that don't need cursors. */
  readonly nodes: ReadonlyArray<Order>;
  readonly pageInfo: PageInfo;
  /** How many match in all; null where the order service can't tell cheaply. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An order and its place in the list. */
export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Order;
};

/** Something that happened to an order. A client that doesn't know a kind can still show `at` and `actor`. */
export type OrderEvent = {
  /** Who did it, for people: customer, staff or a system's name; null if not known. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
};

/** One page of a timeline. */
export type OrderEventConnection = {
  readonly __typename?: 'OrderEventConnection';
  readonly edges: ReadonlyArray<OrderEventEdge>;
  /** Services whose events could not be had: `orders` or `payments`. Empty when the timeline is complete. */
  readonly missingSources: ReadonlyArray<Scalars['String']['output']>;
  /** The nodes of `edges`, for clients that don't need cursors. */
  readonly nodes: ReadonlyArray<OrderEvent>;
  readonly pageInfo: PageInfo;
};

/** An event and its place in the timeline. */
export type OrderEventEdge = {
  readonly __typename?: 'OrderEventEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: OrderEvent;
};

/** All given conditions must hold. */
export type OrderFilter = {
  /** Any of these. */
  readonly fulfillmentState?: InputMaybe<ReadonlyArray<FulfillmentState>>;
  /** Any of these. */
  readonly paymentState?: InputMaybe<ReadonlyArray<PaymentState>>;
  /** Inclusive. */
  readonly placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Exclusive. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Any of these. */
  readonly status?: InputMaybe<ReadonlyArray<OrderStatus>>;
};

/** The customer ordered. */
export type OrderPlacedEvent = OrderEvent & {
  readonly __typename?: 'OrderPlacedEvent';
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
};

/** A cursor belongs to the sort order it came from. */
export type OrderSort = {
  readonly direction?: SortDirection;
  readonly key?: OrderSortKey;
};

/** What orders are sorted by. */
export type OrderSortKey =
  | 'PLACED_AT'
  /** By the minor units of the total: only meaningful within one currency. */
  | 'TOTAL'
  | 'UPDATED_AT';

/** The order itself, whatever its payment and delivery do. */
export type OrderStatus =
  | 'CANCELLED'
  /** Nothing more will happen. */
  | 'COMPLETED'
  /** Accepted by the shop. */
  | 'CONFIRMED'
  /** Placed, not yet accepted by the shop. */
  | 'OPEN'
  /** A value this schema doesn't know yet. As a filter it matches nothing. */
  | 'UNKNOWN';

/** Any other kind, known or not. */
export type OtherPaymentMethod = PaymentMethod & {
  readonly __typename?: 'OtherPaymentMethod';
  /** Opaque, stable; send it as `savedMethodId`. */
  readonly id: Scalars['ID']['output'];
  /** Whether checkout should start with it. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** For people. */
  readonly label: Scalars['String']['output'];
};

/** The service did not answer in time: it may have happened or not. Never shown as failed. */
export type OutcomeUnknownProblem = Problem & {
  readonly __typename?: 'OutcomeUnknownProblem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  /** Repeat with the same idempotencyKey after this many seconds. */
  readonly retryAfterSeconds: Scalars['Int']['output'];
};

/** Where a page lies in its list. Cursors are opaque, belong to one filter and sort order, and can't be made by a client. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last item, to send as `after`; null on an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more items follow `endCursor`. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede `startCursor`. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Which order to pay, and with what. */
export type PayOrderInput = {
  /** Made by the client for this one intention, for example a UUID; 1 to 255 characters. */
  readonly idempotencyKey: Scalars['String']['input'];
  readonly orderId: Scalars['ID']['input'];
  readonly source: WebPaymentSourceInput;
};

/** The same idempotencyKey with other input is a ConflictProblem with code IDEMPOTENCY_KEY_REUSED. */
export type PayOrderResult = ConflictProblem | NotAllowedInStateProblem | NotFoundProblem | OutcomeUnknownProblem | PayOrderSuccess | PaymentDeclinedProblem | UnavailableProblem | ValidationProblem;

/** The payment is on its way: see its status and `nextAction`. */
export type PayOrderSuccess = {
  readonly __typename?: 'PayOrderSuccess';
  /** What the payer must do now; null if nothing. */
  readonly nextAction?: Maybe<PaymentNextAction>;
  /** Null when it can't be read again: a charged payment must never look failed because orders is down. */
  readonly order?: Maybe<Order>;
  readonly payment: Payment;
  /** To refresh the screen in the same round trip. */
  readonly query: Query;
};

/** One attempt to pay an order. Never kept by clients. */
export type Payment = Node & {
  readonly __typename?: 'Payment';
  /** What was asked for. */
  readonly amount: Money;
  /** What was taken. */
  readonly amountCaptured: Money;
  /** What was given back. */
  readonly amountRefunded: Money;
  /** Null until money was taken. */
  readonly capturedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** Null unless the payer's bank contests it. */
  readonly dispute?: Maybe<Dispute>;
  /** Why the last try failed; null if none did. */
  readonly failure?: Maybe<PaymentFailure>;
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** What it was paid with, as it was at the time. */
  readonly method?: Maybe<PaymentMethodSnapshot>;
  /** The processor's own receipt. */
  readonly receiptUrl?: Maybe<Scalars['URL']['output']>;
  /** Newest first. */
  readonly refunds?: Maybe<RefundConnection>;
  readonly status: PaymentStatus;
};


/** One attempt to pay an order. Never kept by clients. */
export type PaymentRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The bank said no. Nothing was charged. */
export type PaymentDeclinedProblem = Problem & {
  readonly __typename?: 'PaymentDeclinedProblem';
  readonly code: Scalars['String']['output'];
  /** The bank's word for the cause; null if it gave none. */
  readonly declineCode?: Maybe<Scalars['String']['output']>;
  readonly message: Scalars['String']['output'];
  /** Whether the same method may work later. With a new idempotencyKey. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** A payment changed its status. */
export type PaymentEvent = OrderEvent & {
  readonly __typename?: 'PaymentEvent';
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Null when the payment service cannot be reached. */
  readonly payment?: Maybe<Payment>;
  /** What it became by this event, which may not be what it is now. */
  readonly status: PaymentStatus;
};

/** Why a payment failed. */
export type PaymentFailure = {
  readonly __typename?: 'PaymentFailure';
  /** Stable word for programs. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
  /** Whether the same method may work later. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** A saved way to pay. New kinds arrive as `OtherPaymentMethod`, so that `label` can always be shown. */
export type PaymentMethod = {
  /** Opaque, stable; send it as `savedMethodId`. */
  readonly id: Scalars['ID']['output'];
  /** Whether checkout should start with it. One at most. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** For people: `Visa •••• 4242`. */
  readonly label: Scalars['String']['output'];
};

/** One page of saved ways to pay. */
export type PaymentMethodConnection = {
  readonly __typename?: 'PaymentMethodConnection';
  readonly edges: ReadonlyArray<PaymentMethodEdge>;
  /** The nodes of `edges`, for clients that don't need cursors. */
  readonly nodes: ReadonlyArray<PaymentMethod>;
  readonly pageInfo: PageInfo;
};

/** A saved way to pay and its place in the list. */
export type PaymentMethodEdge = {
  readonly __typename?: 'PaymentMethodEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: PaymentMethod;
};

/** What a payment was made with, as it was at the time. */
export type PaymentMethodSnapshot = {
  readonly __typename?: 'PaymentMethodSnapshot';
  /** Card brand; null for anything but cards. */
  readonly brand?: Maybe<Scalars['String']['output']>;
  /** card, wallet, bank_transfer or gift_card; new kinds may appear. */
  readonly kind: Scalars['String']['output'];
  /** For people: `Visa •••• 4242`. */
  readonly label: Scalars['String']['output'];
  /** Null for anything but cards. */
  readonly last4?: Maybe<Scalars['String']['output']>;
};

/** The payer's bank wants to see them. */
export type PaymentNextAction = {
  readonly __typename?: 'PaymentNextAction';
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Send the payer there. */
  readonly redirectUrl: Scalars['URL']['output'];
};

/** Payment of the order as a whole. */
export type PaymentState =
  /** Reserved at the bank, not yet taken. */
  | 'AUTHORIZED'
  | 'FAILED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  /** Asked for, no answer from the bank yet. */
  | 'PENDING'
  | 'REFUNDED'
  /** A value this schema doesn't know yet. As a filter it matches nothing. */
  | 'UNKNOWN'
  | 'UNPAID'
  /** Reserved and let go again. */
  | 'VOIDED';

/** Where one payment stands. */
export type PaymentStatus =
  | 'CANCELLED'
  /** The bank has not answered yet. */
  | 'PROCESSING'
  /** The payer has to do something at their bank. */
  | 'REQUIRES_ACTION'
  /** Reserved, not yet taken. */
  | 'REQUIRES_CAPTURE'
  | 'REQUIRES_CONFIRMATION'
  /** The method was declined or is missing: try another. */
  | 'REQUIRES_PAYMENT_METHOD'
  | 'SUCCEEDED'
  /** A value this schema doesn't know yet. */
  | 'UNKNOWN';

/**
 * What every failure of a mutation has. A client that knows only this interface still says something sensible when a new
 * kind arrives.
 */
export type Problem = {
  /** Stable word for programs. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
};

/**
 * What a browser can read. Every field is null, with an entry in `errors`, when the service behind it can't answer; null
 * without an error means that there is no such thing, or that it is not the caller's.
 */
export type Query = {
  readonly __typename?: 'Query';
  /** Any record by its id. */
  readonly node?: Maybe<Node>;
  /** One order; null unless it is the caller's own, or the caller is support. */
  readonly order?: Maybe<Order>;
  /** Needs the support or admin role. */
  readonly support?: Maybe<SupportQuery>;
  /** The signed-in user; null when anonymous. */
  readonly viewer?: Maybe<User>;
};


/**
 * What a browser can read. Every field is null, with an entry in `errors`, when the service behind it can't answer; null
 * without an error means that there is no such thing, or that it is not the caller's.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What a browser can read. Every field is null, with an entry in `errors`, when the service behind it can't answer; null
 * without an error means that there is no such thing, or that it is not the caller's.
 */
export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};

/** Money on its way back. `PENDING` is normal and may last days. */
export type Refund = Node & {
  readonly __typename?: 'Refund';
  readonly amount: Money;
  readonly createdAt: Scalars['DateTime']['output'];
  /** The processor's word; null unless it failed. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  readonly reason?: Maybe<RefundReason>;
  readonly status: RefundStatus;
};

/** One page of refunds. */
export type RefundConnection = {
  readonly __typename?: 'RefundConnection';
  readonly edges: ReadonlyArray<RefundEdge>;
  /** The nodes of `edges`, for clients that don't need cursors. */
  readonly nodes: ReadonlyArray<Refund>;
  readonly pageInfo: PageInfo;
};

/** A refund and its place in the list. */
export type RefundEdge = {
  readonly __typename?: 'RefundEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Refund;
};

/** A refund changed its status. */
export type RefundEvent = OrderEvent & {
  readonly __typename?: 'RefundEvent';
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Null when the payment service cannot be reached. */
  readonly refund?: Maybe<Refund>;
  /** What it became by this event, which may not be what it is now. */
  readonly status: RefundStatus;
};

/** More than is left to give back. Nothing was refunded. */
export type RefundExceedsBalanceProblem = Problem & {
  readonly __typename?: 'RefundExceedsBalanceProblem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  /** What is left. */
  readonly refundable: Money;
};

/** Which payment to give back, and how much of it. */
export type RefundPaymentInput = {
  /** Omit for a full refund. */
  readonly amount?: InputMaybe<MoneyInput>;
  /** Made by the client for this one intention, for example a UUID; 1 to 255 characters. */
  readonly idempotencyKey: Scalars['String']['input'];
  readonly paymentId: Scalars['ID']['input'];
  readonly reason: RefundReasonInput;
};

/** The same idempotencyKey with other input is a ConflictProblem with code IDEMPOTENCY_KEY_REUSED. */
export type RefundPaymentResult = ConflictProblem | NotAllowedInStateProblem | NotFoundProblem | OutcomeUnknownProblem | RefundExceedsBalanceProblem | RefundPaymentSuccess | UnavailableProblem | ValidationProblem;

/** The refund is on its way: see its status. */
export type RefundPaymentSuccess = {
  readonly __typename?: 'RefundPaymentSuccess';
  /** Null when it can't be read again; the refund stands. */
  readonly order?: Maybe<Order>;
  /** Null when it can't be read again; the refund stands. */
  readonly payment?: Maybe<Payment>;
  /** To refresh the screen in the same round trip. */
  readonly query: Query;
  readonly refund: Refund;
};

/** Why money went back. */
export type RefundReason =
  | 'DUPLICATE'
  | 'FRAUDULENT'
  | 'OTHER'
  | 'REQUESTED_BY_CUSTOMER'
  /** A value this schema doesn't know yet. */
  | 'UNKNOWN';

/** Why money goes back. */
export type RefundReasonInput =
  | 'DUPLICATE'
  | 'FRAUDULENT'
  | 'OTHER'
  | 'REQUESTED_BY_CUSTOMER';

/** Where one refund stands. */
export type RefundStatus =
  | 'CANCELLED'
  | 'FAILED'
  | 'PENDING'
  | 'REQUIRES_ACTION'
  | 'SUCCEEDED'
  /** A value this schema doesn't know yet. */
  | 'UNKNOWN';

/** One parcel. */
export type Shipment = {
  readonly __typename?: 'Shipment';
  /** The carrier's name, as people know it. */
  readonly carrier?: Maybe<Scalars['String']['output']>;
  readonly deliveredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The carrier's promise; it moves. */
  readonly estimatedDeliveryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  readonly shippedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly state: ShipmentState;
  readonly trackingNumber?: Maybe<Scalars['String']['output']>;
  /** The carrier's own page. */
  readonly trackingUrl?: Maybe<Scalars['URL']['output']>;
};

/** A parcel moved. */
export type ShipmentEvent = OrderEvent & {
  readonly __typename?: 'ShipmentEvent';
  readonly actor?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly shipment?: Maybe<Shipment>;
};

/** Where a parcel is. */
export type ShipmentState =
  | 'DELIVERED'
  /** Lost, damaged or refused: someone has to act. */
  | 'EXCEPTION'
  | 'IN_TRANSIT'
  /** Announced to the carrier, not handed over yet. */
  | 'LABEL_CREATED'
  | 'OUT_FOR_DELIVERY'
  | 'RETURNED'
  /** A value this schema doesn't know yet. */
  | 'UNKNOWN';

/** Which end comes first. */
export type SortDirection =
  | 'ASC'
  | 'DESC';

/** What support staff can see of others. Each use leaves an audit event: who looked, at whom, at which fields. */
export type SupportQuery = {
  readonly __typename?: 'SupportQuery';
  /** Orders of all customers, by number, contact e-mail or SKU. */
  readonly orders?: Maybe<OrderConnection>;
  /** One customer, with e-mail and phone in clear; null if there is none. */
  readonly user?: Maybe<User>;
  /** Customers by words in their name, e-mail or phone. E-mail and phone are masked; see `user` for clear ones. */
  readonly users?: Maybe<UserConnection>;
};


/** What support staff can see of others. Each use leaves an audit event: who looked, at whom, at which fields. */
export type SupportQueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  sortBy?: InputMaybe<OrderSort>;
};


/** What support staff can see of others. Each use leaves an audit event: who looked, at whom, at which fields. */
export type SupportQueryUserArgs = {
  by: UserLookup;
};


/** What support staff can see of others. Each use leaves an audit event: who looked, at whom, at which fields. */
export type SupportQueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};

/** Nothing was sent: the service could not be reached. Safe to try again. */
export type UnavailableProblem = Problem & {
  readonly __typename?: 'UnavailableProblem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly retryAfterSeconds: Scalars['Int']['output'];
};

/** Only what should change. An explicit null clears the value where it may be empty. */
export type UpdateProfileInput = {
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /** `User.version` as last read; a `ConflictProblem` follows if someone else was faster. Last write wins if omitted. */
  readonly ifVersion?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag. */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /** E.164. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** IANA name. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** What became of the change. */
export type UpdateProfileResult = ConflictProblem | OutcomeUnknownProblem | UnavailableProblem | UpdateProfileSuccess | ValidationProblem;

/** In every success, what is re-read from another service is nullable: a change that was made must never look failed. */
export type UpdateProfileSuccess = {
  readonly __typename?: 'UpdateProfileSuccess';
  /** To refresh the screen in the same round trip. */
  readonly query: Query;
  readonly viewer?: Maybe<User>;
};

/** A person with an account. Name, e-mail and locale of the viewer come from the token when the user service is down. */
export type User = Node & {
  readonly __typename?: 'User';
  /** Figures for the top of the dashboard. */
  readonly accountSummary?: Maybe<AccountSummary>;
  /** All saved addresses. */
  readonly addresses?: Maybe<ReadonlyArray<Address>>;
  /** Their picture; null if they have none. */
  readonly avatar?: Maybe<Image>;
  /** When the account was opened. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The one that checkout should start with. */
  readonly defaultAddress?: Maybe<Address>;
  /** What to call them. */
  readonly displayName?: Maybe<Scalars['String']['output']>;
  /** Masked in support lists. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Whether they proved that the address is theirs. */
  readonly emailVerified?: Maybe<Scalars['Boolean']['output']>;
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** BCP 47 tag, for example `de-AT`. */
  readonly locale?: Maybe<Scalars['String']['output']>;
  /** Their orders, newest first unless sorted otherwise. */
  readonly orders?: Maybe<OrderConnection>;
  /** Saved ways to pay, the default one first. Null for anyone but the account's owner. */
  readonly paymentMethods?: Maybe<PaymentMethodConnection>;
  /** E.164; masked in support lists. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** Whether the account may be used. */
  readonly status?: Maybe<UserStatus>;
  /** IANA name, for example `Europe/Vienna`. */
  readonly timeZone?: Maybe<Scalars['String']['output']>;
  /** Opaque token to send back as ifVersion. */
  readonly version?: Maybe<Scalars['String']['output']>;
};


/** A person with an account. Name, e-mail and locale of the viewer come from the token when the user service is down. */
export type UserAvatarArgs = {
  size?: InputMaybe<Scalars['Int']['input']>;
};


/** A person with an account. Name, e-mail and locale of the viewer come from the token when the user service is down. */
export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sortBy?: InputMaybe<OrderSort>;
};


/** A person with an account. Name, e-mail and locale of the viewer come from the token when the user service is down. */
export type UserPaymentMethodsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of customers. */
export type UserConnection = {
  readonly __typename?: 'UserConnection';
  readonly edges: ReadonlyArray<UserEdge>;
  /** The nodes of `edges`, for clients that don't need cursors. */
  readonly nodes: ReadonlyArray<User>;
  readonly pageInfo: PageInfo;
};

/** A customer and their place in the list. */
export type UserEdge = {
  readonly __typename?: 'UserEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: User;
};

/** All given conditions must hold. */
export type UserFilter = {
  /** Inclusive. */
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Exclusive. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Any of these. */
  readonly status?: InputMaybe<ReadonlyArray<UserStatus>>;
};

/** Exactly one of these. */
export type UserLookup =
  /** The whole address, in any case. */
  { readonly email: Scalars['String']['input']; readonly id?: never; readonly orderNumber?: never; }
  |  /** As in `User.id`. */
  { readonly email?: never; readonly id: Scalars['ID']['input']; readonly orderNumber?: never; }
  |  /** As printed on the invoice. */
  { readonly email?: never; readonly id?: never; readonly orderNumber: Scalars['String']['input']; };

/** Whether an account may be used. */
export type UserStatus =
  | 'ACTIVE'
  /** Closed by the owner. */
  | 'DEACTIVATED'
  /** Closed by too many wrong passwords. */
  | 'LOCKED'
  /** Opened, but the e-mail address is not proven yet. */
  | 'PENDING_VERIFICATION'
  /** Closed by staff; the owner can't sign in. */
  | 'SUSPENDED'
  /** A value this schema doesn't know yet. As a filter it matches nothing. */
  | 'UNKNOWN';

/** Something in the input is wrong. Nothing was changed. */
export type ValidationProblem = Problem & {
  readonly __typename?: 'ValidationProblem';
  readonly code: Scalars['String']['output'];
  /** One entry a mistake. */
  readonly fields: ReadonlyArray<FieldProblem>;
  readonly message: Scalars['String']['output'];
};

/** A wallet such as PayPal. */
export type WalletPaymentMethod = PaymentMethod & {
  readonly __typename?: 'WalletPaymentMethod';
  /** Opaque, stable; send it as `savedMethodId`. */
  readonly id: Scalars['ID']['output'];
  /** Whether checkout should start with it. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** For people. */
  readonly label: Scalars['String']['output'];
  /** The wallet's name. */
  readonly provider: Scalars['String']['output'];
};

/** Exactly one of these. */
export type WebPaymentSourceInput =
  /** From the processor's own form, good for one use. */
  { readonly providerToken: Scalars['String']['input']; readonly savedMethodId?: never; }
  |  /** As in `PaymentMethod.id`. */
  { readonly providerToken?: never; readonly savedMethodId: Scalars['ID']['input']; };



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CancelOrderResult:
    | ( CancelOrderDone & { __typename: 'CancelOrderSuccess' } )
    | ( ConflictProblem & { __typename: 'ConflictProblem' } )
    | ( NotAllowedInStateProblem & { __typename: 'NotAllowedInStateProblem' } )
    | ( NotFoundProblem & { __typename: 'NotFoundProblem' } )
    | ( OutcomeUnknownProblem & { __typename: 'OutcomeUnknownProblem' } )
    | ( UnavailableProblem & { __typename: 'UnavailableProblem' } )
    | ( ValidationProblem & { __typename: 'ValidationProblem' } )
  ;
  PayOrderResult:
    | ( ConflictProblem & { __typename: 'ConflictProblem' } )
    | ( NotAllowedInStateProblem & { __typename: 'NotAllowedInStateProblem' } )
    | ( NotFoundProblem & { __typename: 'NotFoundProblem' } )
    | ( OutcomeUnknownProblem & { __typename: 'OutcomeUnknownProblem' } )
    | ( PayOrderDone & { __typename: 'PayOrderSuccess' } )
    | ( PaymentDeclinedProblem & { __typename: 'PaymentDeclinedProblem' } )
    | ( UnavailableProblem & { __typename: 'UnavailableProblem' } )
    | ( ValidationProblem & { __typename: 'ValidationProblem' } )
  ;
  RefundPaymentResult:
    | ( ConflictProblem & { __typename: 'ConflictProblem' } )
    | ( NotAllowedInStateProblem & { __typename: 'NotAllowedInStateProblem' } )
    | ( NotFoundProblem & { __typename: 'NotFoundProblem' } )
    | ( OutcomeUnknownProblem & { __typename: 'OutcomeUnknownProblem' } )
    | ( Omit<RefundExceedsBalanceProblem, 'refundable'> & { refundable: _RefType['Money'] } & { __typename: 'RefundExceedsBalanceProblem' } )
    | ( RefundPaymentDone & { __typename: 'RefundPaymentSuccess' } )
    | ( UnavailableProblem & { __typename: 'UnavailableProblem' } )
    | ( ValidationProblem & { __typename: 'ValidationProblem' } )
  ;
  UpdateProfileResult:
    | ( ConflictProblem & { __typename: 'ConflictProblem' } )
    | ( OutcomeUnknownProblem & { __typename: 'OutcomeUnknownProblem' } )
    | ( UnavailableProblem & { __typename: 'UnavailableProblem' } )
    | ( UpdateProfileDone & { __typename: 'UpdateProfileSuccess' } )
    | ( ValidationProblem & { __typename: 'ValidationProblem' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( OrderRecord )
    | ( PaymentRecord )
    | ( RefundRecord )
    | ( UserReference )
  ;
  OrderEvent:
    | ( CancelledEntry )
    | ( ConfirmedEntry )
    | ( PlacedEntry )
    | ( PaymentEntry )
    | ( RefundEntry )
    | ( ShipmentEntry )
  ;
  PaymentMethod:
    | ( PaymentMethodRecord )
    | ( PaymentMethodRecord )
    | ( PaymentMethodRecord )
  ;
  Problem:
    | ( ConflictProblem )
    | ( NotAllowedInStateProblem )
    | ( NotFoundProblem )
    | ( OutcomeUnknownProblem )
    | ( PaymentDeclinedProblem )
    | ( Omit<RefundExceedsBalanceProblem, 'refundable'> & { refundable: _RefType['Money'] } )
    | ( UnavailableProblem )
    | ( ValidationProblem )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountSummary: ResolverTypeWrapper<AccountSummaryRecord>;
  Address: ResolverTypeWrapper<AddressRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CacheControlScope: CacheControlScope;
  CancelOrderInput: CancelOrderInput;
  CancelOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelOrderResult']>;
  CancelOrderSuccess: ResolverTypeWrapper<CancelOrderDone>;
  CardPaymentMethod: ResolverTypeWrapper<PaymentMethodRecord>;
  ConflictProblem: ResolverTypeWrapper<ConflictProblem>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Dispute: ResolverTypeWrapper<DisputeRecord>;
  FieldProblem: ResolverTypeWrapper<FieldProblem>;
  FulfillmentState: FulfillmentState;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Image: ResolverTypeWrapper<Image>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LineItem: ResolverTypeWrapper<LineItemRecord>;
  LineItemConnection: ResolverTypeWrapper<LineItemPage>;
  LineItemEdge: ResolverTypeWrapper<LineItemPageEdge>;
  MinorUnits: ResolverTypeWrapper<Scalars['MinorUnits']['output']>;
  Money: ResolverTypeWrapper<Amount>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  NotAllowedInStateProblem: ResolverTypeWrapper<NotAllowedInStateProblem>;
  NotFoundProblem: ResolverTypeWrapper<NotFoundProblem>;
  Order: ResolverTypeWrapper<OrderRecord>;
  OrderAction: OrderAction;
  OrderCancelReason: OrderCancelReason;
  OrderCancelReasonInput: OrderCancelReasonInput;
  OrderCancelledEvent: ResolverTypeWrapper<CancelledEntry>;
  OrderConfirmedEvent: ResolverTypeWrapper<ConfirmedEntry>;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderEdge: ResolverTypeWrapper<OrderPageEdge>;
  OrderEvent: ResolverTypeWrapper<TimelineEntry>;
  OrderEventConnection: ResolverTypeWrapper<TimelinePage>;
  OrderEventEdge: ResolverTypeWrapper<TimelineEdge>;
  OrderFilter: OrderFilter;
  OrderPlacedEvent: ResolverTypeWrapper<PlacedEntry>;
  OrderSort: OrderSort;
  OrderSortKey: OrderSortKey;
  OrderStatus: OrderStatus;
  OtherPaymentMethod: ResolverTypeWrapper<PaymentMethodRecord>;
  OutcomeUnknownProblem: ResolverTypeWrapper<OutcomeUnknownProblem>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PayOrderInput: PayOrderInput;
  PayOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PayOrderResult']>;
  PayOrderSuccess: ResolverTypeWrapper<PayOrderDone>;
  Payment: ResolverTypeWrapper<PaymentRecord>;
  PaymentDeclinedProblem: ResolverTypeWrapper<PaymentDeclinedProblem>;
  PaymentEvent: ResolverTypeWrapper<PaymentEntry>;
  PaymentFailure: ResolverTypeWrapper<PaymentFailureRecord>;
  PaymentMethod: ResolverTypeWrapper<PaymentMethodRecord>;
  PaymentMethodConnection: ResolverTypeWrapper<PaymentMethodPage>;
  PaymentMethodEdge: ResolverTypeWrapper<PaymentMethodPageEdge>;
  PaymentMethodSnapshot: ResolverTypeWrapper<PaymentInstrumentRecord>;
  PaymentNextAction: ResolverTypeWrapper<NextActionRecord>;
  PaymentState: PaymentState;
  PaymentStatus: PaymentStatus;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Refund: ResolverTypeWrapper<RefundRecord>;
  RefundConnection: ResolverTypeWrapper<RefundPage>;
  RefundEdge: ResolverTypeWrapper<RefundPageEdge>;
  RefundEvent: ResolverTypeWrapper<RefundEntry>;
  RefundExceedsBalanceProblem: ResolverTypeWrapper<Omit<RefundExceedsBalanceProblem, 'refundable'> & { refundable: ResolversTypes['Money'] }>;
  RefundPaymentInput: RefundPaymentInput;
  RefundPaymentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefundPaymentResult']>;
  RefundPaymentSuccess: ResolverTypeWrapper<RefundPaymentDone>;
  RefundReason: RefundReason;
  RefundReasonInput: RefundReasonInput;
  RefundStatus: RefundStatus;
  Shipment: ResolverTypeWrapper<ShipmentRecord>;
  ShipmentEvent: ResolverTypeWrapper<ShipmentEntry>;
  ShipmentState: ShipmentState;
  SortDirection: SortDirection;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  SupportQuery: ResolverTypeWrapper<Omit<SupportQuery, 'orders' | 'user' | 'users'> & { orders?: Maybe<ResolversTypes['OrderConnection']>, user?: Maybe<ResolversTypes['User']>, users?: Maybe<ResolversTypes['UserConnection']> }>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UnavailableProblem: ResolverTypeWrapper<UnavailableProblem>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfileResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateProfileResult']>;
  UpdateProfileSuccess: ResolverTypeWrapper<UpdateProfileDone>;
  User: ResolverTypeWrapper<UserReference>;
  UserConnection: ResolverTypeWrapper<UserPage>;
  UserEdge: ResolverTypeWrapper<UserPageEdge>;
  UserFilter: UserFilter;
  UserLookup: UserLookup;
  UserStatus: UserStatus;
  ValidationProblem: ResolverTypeWrapper<ValidationProblem>;
  WalletPaymentMethod: ResolverTypeWrapper<PaymentMethodRecord>;
  WebPaymentSourceInput: WebPaymentSourceInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccountSummary: AccountSummaryRecord;
  Address: AddressRecord;
  Boolean: Scalars['Boolean']['output'];
  CancelOrderInput: CancelOrderInput;
  CancelOrderResult: ResolversUnionTypes<ResolversParentTypes>['CancelOrderResult'];
  CancelOrderSuccess: CancelOrderDone;
  CardPaymentMethod: PaymentMethodRecord;
  ConflictProblem: ConflictProblem;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Dispute: DisputeRecord;
  FieldProblem: FieldProblem;
  ID: Scalars['ID']['output'];
  Image: Image;
  Int: Scalars['Int']['output'];
  LineItem: LineItemRecord;
  LineItemConnection: LineItemPage;
  LineItemEdge: LineItemPageEdge;
  MinorUnits: Scalars['MinorUnits']['output'];
  Money: Amount;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  NotAllowedInStateProblem: NotAllowedInStateProblem;
  NotFoundProblem: NotFoundProblem;
  Order: OrderRecord;
  OrderCancelledEvent: CancelledEntry;
  OrderConfirmedEvent: ConfirmedEntry;
  OrderConnection: OrderPage;
  OrderEdge: OrderPageEdge;
  OrderEvent: TimelineEntry;
  OrderEventConnection: TimelinePage;
  OrderEventEdge: TimelineEdge;
  OrderFilter: OrderFilter;
  OrderPlacedEvent: PlacedEntry;
  OrderSort: OrderSort;
  OtherPaymentMethod: PaymentMethodRecord;
  OutcomeUnknownProblem: OutcomeUnknownProblem;
  PageInfo: PageInfo;
  PayOrderInput: PayOrderInput;
  PayOrderResult: ResolversUnionTypes<ResolversParentTypes>['PayOrderResult'];
  PayOrderSuccess: PayOrderDone;
  Payment: PaymentRecord;
  PaymentDeclinedProblem: PaymentDeclinedProblem;
  PaymentEvent: PaymentEntry;
  PaymentFailure: PaymentFailureRecord;
  PaymentMethod: PaymentMethodRecord;
  PaymentMethodConnection: PaymentMethodPage;
  PaymentMethodEdge: PaymentMethodPageEdge;
  PaymentMethodSnapshot: PaymentInstrumentRecord;
  PaymentNextAction: NextActionRecord;
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  Refund: RefundRecord;
  RefundConnection: RefundPage;
  RefundEdge: RefundPageEdge;
  RefundEvent: RefundEntry;
  RefundExceedsBalanceProblem: Omit<RefundExceedsBalanceProblem, 'refundable'> & { refundable: ResolversParentTypes['Money'] };
  RefundPaymentInput: RefundPaymentInput;
  RefundPaymentResult: ResolversUnionTypes<ResolversParentTypes>['RefundPaymentResult'];
  RefundPaymentSuccess: RefundPaymentDone;
  Shipment: ShipmentRecord;
  ShipmentEvent: ShipmentEntry;
  String: Scalars['String']['output'];
  SupportQuery: Omit<SupportQuery, 'orders' | 'user' | 'users'> & { orders?: Maybe<ResolversParentTypes['OrderConnection']>, user?: Maybe<ResolversParentTypes['User']>, users?: Maybe<ResolversParentTypes['UserConnection']> };
  URL: Scalars['URL']['output'];
  UnavailableProblem: UnavailableProblem;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfileResult: ResolversUnionTypes<ResolversParentTypes>['UpdateProfileResult'];
  UpdateProfileSuccess: UpdateProfileDone;
  User: UserReference;
  UserConnection: UserPage;
  UserEdge: UserPageEdge;
  UserFilter: UserFilter;
  UserLookup: UserLookup;
  ValidationProblem: ValidationProblem;
  WalletPaymentMethod: PaymentMethodRecord;
  WebPaymentSourceInput: WebPaymentSourceInput;
};

export type CacheControlDirectiveArgs = {
  gatewayMaxAge?: Maybe<Scalars['Int']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = ResolverContext, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ClosedDirectiveArgs = {
  reason: Scalars['String']['input'];
};

export type ClosedDirectiveResolver<Result, Parent, ContextType = ResolverContext, Args = ClosedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CostDirectiveArgs = {
  weight: Scalars['String']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = ResolverContext, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  requireOneSlicingArgument?: Maybe<Scalars['Boolean']['input']>;
  sizedFields?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  slicingArguments?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = ResolverContext, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type SemanticNonNullDirectiveArgs = {
  levels?: ReadonlyArray<Scalars['Int']['input']>;
};

export type SemanticNonNullDirectiveResolver<Result, Parent, ContextType = ResolverContext, Args = SemanticNonNullDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccountSummaryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AccountSummary'] = ResolversParentTypes['AccountSummary']> = {
  lastOrder?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  lifetimeSpend?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Money']>>, ParentType, ContextType>;
  openOrderCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  outstandingBalance?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Money']>>, ParentType, ContextType>;
};

export type AddressResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CancelOrderResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CancelOrderResult'] = ResolversParentTypes['CancelOrderResult']> = {
  __resolveType: TypeResolveFn<'CancelOrderSuccess' | 'ConflictProblem' | 'NotAllowedInStateProblem' | 'NotFoundProblem' | 'OutcomeUnknownProblem' | 'UnavailableProblem' | 'ValidationProblem', ParentType, ContextType>;
};

export type CancelOrderSuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CancelOrderSuccess'] = ResolversParentTypes['CancelOrderSuccess']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  query?: Resolver<ResolversTypes['Query'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CardPaymentMethodResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['CardPaymentMethod'] = ResolversParentTypes['CardPaymentMethod']> = {
  brand?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiryMonth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiryYear?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  last4?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConflictProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ConflictProblem'] = ResolversParentTypes['ConflictProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currentVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DisputeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FieldProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['FieldProblem'] = ResolversParentTypes['FieldProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImageResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  alt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type LineItemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['LineItem'] = ResolversParentTypes['LineItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType, RequireFields<LineItemImageArgs, 'size'>>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refundedQuantity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type LineItemConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['LineItemConnection'] = ResolversParentTypes['LineItemConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LineItemEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['LineItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LineItemEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['LineItemEdge'] = ResolversParentTypes['LineItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LineItem'], ParentType, ContextType>;
};

export interface MinorUnitsScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['MinorUnits'], any> {
  name: 'MinorUnits';
}

export type MoneyResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amountMinor?: Resolver<ResolversTypes['MinorUnits'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  decimal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<MoneyFormattedArgs>>;
};

export type MutationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelOrder?: Resolver<ResolversTypes['CancelOrderResult'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  payOrder?: Resolver<ResolversTypes['PayOrderResult'], ParentType, ContextType, RequireFields<MutationPayOrderArgs, 'input'>>;
  refundPayment?: Resolver<ResolversTypes['RefundPaymentResult'], ParentType, ContextType, RequireFields<MutationRefundPaymentArgs, 'input'>>;
  updateProfile?: Resolver<ResolversTypes['UpdateProfileResult'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
};

export type NodeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Order' | 'Payment' | 'Refund' | 'User', ParentType, ContextType>;
};

export type NotAllowedInStateProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['NotAllowedInStateProblem'] = ResolversParentTypes['NotAllowedInStateProblem']> = {
  availableActions?: Resolver<ReadonlyArray<ResolversTypes['OrderAction']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotFoundProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['NotFoundProblem'] = ResolversParentTypes['NotFoundProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order']> = {
  amountPaid?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountRefunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  availableActions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OrderAction']>>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['OrderCancelReason']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  discountTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  fulfillmentState?: Resolver<Maybe<ResolversTypes['FulfillmentState']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineItems?: Resolver<Maybe<ResolversTypes['LineItemConnection']>, ParentType, ContextType, RequireFields<OrderLineItemsArgs, 'first'>>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  paymentState?: Resolver<Maybe<ResolversTypes['PaymentState']>, ParentType, ContextType>;
  payments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Payment']>>, ParentType, ContextType>;
  placedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refundableAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  shipments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Shipment']>>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  shippingTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  subtotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  taxTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  timeline?: Resolver<Maybe<ResolversTypes['OrderEventConnection']>, ParentType, ContextType, RequireFields<OrderTimelineArgs, 'first'>>;
  total?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderCancelledEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderCancelledEvent'] = ResolversParentTypes['OrderCancelledEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['OrderCancelReason']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderConfirmedEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderConfirmedEvent'] = ResolversParentTypes['OrderConfirmedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  __resolveType: TypeResolveFn<'OrderCancelledEvent' | 'OrderConfirmedEvent' | 'OrderPlacedEvent' | 'PaymentEvent' | 'RefundEvent' | 'ShipmentEvent', ParentType, ContextType>;
};

export type OrderEventConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderEventConnection'] = ResolversParentTypes['OrderEventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEventEdge']>, ParentType, ContextType>;
  missingSources?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['OrderEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderEventEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderEventEdge'] = ResolversParentTypes['OrderEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrderEvent'], ParentType, ContextType>;
};

export type OrderPlacedEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OrderPlacedEvent'] = ResolversParentTypes['OrderPlacedEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OtherPaymentMethodResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OtherPaymentMethod'] = ResolversParentTypes['OtherPaymentMethod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutcomeUnknownProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['OutcomeUnknownProblem'] = ResolversParentTypes['OutcomeUnknownProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PayOrderResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PayOrderResult'] = ResolversParentTypes['PayOrderResult']> = {
  __resolveType: TypeResolveFn<'ConflictProblem' | 'NotAllowedInStateProblem' | 'NotFoundProblem' | 'OutcomeUnknownProblem' | 'PayOrderSuccess' | 'PaymentDeclinedProblem' | 'UnavailableProblem' | 'ValidationProblem', ParentType, ContextType>;
};

export type PayOrderSuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PayOrderSuccess'] = ResolversParentTypes['PayOrderSuccess']> = {
  nextAction?: Resolver<Maybe<ResolversTypes['PaymentNextAction']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  query?: Resolver<ResolversTypes['Query'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amountCaptured?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amountRefunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  capturedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dispute?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['PaymentFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['PaymentMethodSnapshot']>, ParentType, ContextType>;
  receiptUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  refunds?: Resolver<Maybe<ResolversTypes['RefundConnection']>, ParentType, ContextType, RequireFields<PaymentRefundsArgs, 'first'>>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentDeclinedProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentDeclinedProblem'] = ResolversParentTypes['PaymentDeclinedProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  declineCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentEvent'] = ResolversParentTypes['PaymentEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentFailureResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentFailure'] = ResolversParentTypes['PaymentFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PaymentMethodResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentMethod'] = ResolversParentTypes['PaymentMethod']> = {
  __resolveType: TypeResolveFn<'CardPaymentMethod' | 'OtherPaymentMethod' | 'WalletPaymentMethod', ParentType, ContextType>;
};

export type PaymentMethodConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentMethodConnection'] = ResolversParentTypes['PaymentMethodConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PaymentMethodEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PaymentMethod']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PaymentMethodEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentMethodEdge'] = ResolversParentTypes['PaymentMethodEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
};

export type PaymentMethodSnapshotResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentMethodSnapshot'] = ResolversParentTypes['PaymentMethodSnapshot']> = {
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  last4?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentNextActionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PaymentNextAction'] = ResolversParentTypes['PaymentNextAction']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  redirectUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType: TypeResolveFn<'ConflictProblem' | 'NotAllowedInStateProblem' | 'NotFoundProblem' | 'OutcomeUnknownProblem' | 'PaymentDeclinedProblem' | 'RefundExceedsBalanceProblem' | 'UnavailableProblem' | 'ValidationProblem', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  support?: Resolver<Maybe<ResolversTypes['SupportQuery']>, ParentType, ContextType>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type RefundResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['RefundReason']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RefundConnection'] = ResolversParentTypes['RefundConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RefundEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Refund']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RefundEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RefundEdge'] = ResolversParentTypes['RefundEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
};

export type RefundEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RefundEvent'] = ResolversParentTypes['RefundEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundExceedsBalanceProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RefundExceedsBalanceProblem'] = ResolversParentTypes['RefundExceedsBalanceProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refundable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundPaymentResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RefundPaymentResult'] = ResolversParentTypes['RefundPaymentResult']> = {
  __resolveType: TypeResolveFn<'ConflictProblem' | 'NotAllowedInStateProblem' | 'NotFoundProblem' | 'OutcomeUnknownProblem' | 'RefundExceedsBalanceProblem' | 'RefundPaymentSuccess' | 'UnavailableProblem' | 'ValidationProblem', ParentType, ContextType>;
};

export type RefundPaymentSuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RefundPaymentSuccess'] = ResolversParentTypes['RefundPaymentSuccess']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  query?: Resolver<ResolversTypes['Query'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment']> = {
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  estimatedDeliveryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shippedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ShipmentState'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type ShipmentEventResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ShipmentEvent'] = ResolversParentTypes['ShipmentEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shipment?: Resolver<Maybe<ResolversTypes['Shipment']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SupportQueryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SupportQuery'] = ResolversParentTypes['SupportQuery']> = {
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<SupportQueryOrdersArgs>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<SupportQueryUserArgs, 'by'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<SupportQueryUsersArgs>>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UnavailableProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UnavailableProblem'] = ResolversParentTypes['UnavailableProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateProfileResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UpdateProfileResult'] = ResolversParentTypes['UpdateProfileResult']> = {
  __resolveType: TypeResolveFn<'ConflictProblem' | 'OutcomeUnknownProblem' | 'UnavailableProblem' | 'UpdateProfileSuccess' | 'ValidationProblem', ParentType, ContextType>;
};

export type UpdateProfileSuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UpdateProfileSuccess'] = ResolversParentTypes['UpdateProfileSuccess']> = {
  query?: Resolver<ResolversTypes['Query'], ParentType, ContextType>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  accountSummary?: Resolver<Maybe<ResolversTypes['AccountSummary']>, ParentType, ContextType>;
  addresses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Address']>>, ParentType, ContextType>;
  avatar?: Resolver<Maybe<ResolversTypes['Image']>, ParentType, ContextType, RequireFields<UserAvatarArgs, 'size'>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  defaultAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<UserOrdersArgs>>;
  paymentMethods?: Resolver<Maybe<ResolversTypes['PaymentMethodConnection']>, ParentType, ContextType, Partial<UserPaymentMethodsArgs>>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['UserStatus']>, ParentType, ContextType>;
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type ValidationProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['ValidationProblem'] = ResolversParentTypes['ValidationProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['FieldProblem']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WalletPaymentMethodResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['WalletPaymentMethod'] = ResolversParentTypes['WalletPaymentMethod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = ResolverContext> = {
  AccountSummary?: AccountSummaryResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  CancelOrderResult?: CancelOrderResultResolvers<ContextType>;
  CancelOrderSuccess?: CancelOrderSuccessResolvers<ContextType>;
  CardPaymentMethod?: CardPaymentMethodResolvers<ContextType>;
  ConflictProblem?: ConflictProblemResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Dispute?: DisputeResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  LineItem?: LineItemResolvers<ContextType>;
  LineItemConnection?: LineItemConnectionResolvers<ContextType>;
  LineItemEdge?: LineItemEdgeResolvers<ContextType>;
  MinorUnits?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NotAllowedInStateProblem?: NotAllowedInStateProblemResolvers<ContextType>;
  NotFoundProblem?: NotFoundProblemResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderCancelledEvent?: OrderCancelledEventResolvers<ContextType>;
  OrderConfirmedEvent?: OrderConfirmedEventResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderEventConnection?: OrderEventConnectionResolvers<ContextType>;
  OrderEventEdge?: OrderEventEdgeResolvers<ContextType>;
  OrderPlacedEvent?: OrderPlacedEventResolvers<ContextType>;
  OtherPaymentMethod?: OtherPaymentMethodResolvers<ContextType>;
  OutcomeUnknownProblem?: OutcomeUnknownProblemResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PayOrderResult?: PayOrderResultResolvers<ContextType>;
  PayOrderSuccess?: PayOrderSuccessResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentDeclinedProblem?: PaymentDeclinedProblemResolvers<ContextType>;
  PaymentEvent?: PaymentEventResolvers<ContextType>;
  PaymentFailure?: PaymentFailureResolvers<ContextType>;
  PaymentMethod?: PaymentMethodResolvers<ContextType>;
  PaymentMethodConnection?: PaymentMethodConnectionResolvers<ContextType>;
  PaymentMethodEdge?: PaymentMethodEdgeResolvers<ContextType>;
  PaymentMethodSnapshot?: PaymentMethodSnapshotResolvers<ContextType>;
  PaymentNextAction?: PaymentNextActionResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundConnection?: RefundConnectionResolvers<ContextType>;
  RefundEdge?: RefundEdgeResolvers<ContextType>;
  RefundEvent?: RefundEventResolvers<ContextType>;
  RefundExceedsBalanceProblem?: RefundExceedsBalanceProblemResolvers<ContextType>;
  RefundPaymentResult?: RefundPaymentResultResolvers<ContextType>;
  RefundPaymentSuccess?: RefundPaymentSuccessResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  ShipmentEvent?: ShipmentEventResolvers<ContextType>;
  SupportQuery?: SupportQueryResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UnavailableProblem?: UnavailableProblemResolvers<ContextType>;
  UpdateProfileResult?: UpdateProfileResultResolvers<ContextType>;
  UpdateProfileSuccess?: UpdateProfileSuccessResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  ValidationProblem?: ValidationProblemResolvers<ContextType>;
  WalletPaymentMethod?: WalletPaymentMethodResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = ResolverContext> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  closed?: ClosedDirectiveResolver<any, any, ContextType>;
  cost?: CostDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  semanticNonNull?: SemanticNonNullDirectiveResolver<any, any, ContextType>;
};
