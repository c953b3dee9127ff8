// Generated from schema/ by `npm run generate:graphql`. Never edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OrderRecord, LineItemRecord, PaymentMethodRecord } from '../../src/domain/records.ts';
import type { OrderPage, OrderPageEdge, LineItemPage, LineItemPageEdge } from '../../src/domain/page.ts';
import type { HomeScreen } from '../resolvers/home-screen.ts';
import type { PaidOrder } from '../../src/resolvers/pay-order.ts';
import type { Cancelled } from '../resolvers/cancelled.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant as RFC 3339 has it, always in UTC with a trailing `Z`. */
  DateTime: { input: string; output: string; }
  /** An absolute URL as RFC 3986 has it: `https`, or the app's own scheme in a deep link. */
  URL: { input: string; output: string; }
};

/** What the app should do about its own version. */
export type AppStatus = {
  readonly __typename?: 'AppStatus';
  /** For people; null when there is nothing to say. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Where to update; null when there is nothing to do. */
  readonly storeUrl?: Maybe<Scalars['URL']['output']>;
  readonly support: AppSupport;
};

/** How far a build is supported. */
export type AppSupport =
  | 'SUPPORTED'
  /** Works; offer the update. */
  | 'UPDATE_RECOMMENDED'
  /** Nothing but `appStatus` answers. */
  | 'UPDATE_REQUIRED';

/** Something the customer should act on. */
export type AttentionItem = {
  readonly __typename?: 'AttentionItem';
  readonly body?: Maybe<Scalars['String']['output']>;
  /** The screen of this app that solves it. */
  readonly deepLink: Scalars['URL']['output'];
  /** The same until it is solved, so that a dismissed one stays dismissed. */
  readonly id: Scalars['ID']['output'];
  /**
   * PAYMENT_ACTION_REQUIRED, PAYMENT_FAILED, REFUND_FAILED or DELIVERY_DELAYED; new kinds arrive as new values, never as
   * a new union member that old builds cannot draw.
   */
  readonly kind: Scalars['String']['output'];
  readonly severity: Severity;
  readonly title: Scalars['String']['output'];
};

/** Who may share a kept answer. */
export type CacheControlScope =
  /** The caller alone. */
  | 'PRIVATE'
  /** Anyone: the answer is the same for every caller. */
  | 'PUBLIC';

/** The launch screen. Its sections fail one by one. */
export type Home = {
  readonly __typename?: 'Home';
  /** Orders on their way, the newest first. */
  readonly activeOrders?: Maybe<ReadonlyArray<MobileOrder>>;
  /** What the customer should act on, the most severe first, found in records that the screen loads anyway. */
  readonly attention?: Maybe<ReadonlyArray<AttentionItem>>;
  /** Null if they have none. */
  readonly avatarUrl?: Maybe<Scalars['URL']['output']>;
  /** By name and time of day, as the caller's clock has it. */
  readonly greeting?: Maybe<Scalars['String']['output']>;
  /** The newest orders of any state. */
  readonly recentOrders?: Maybe<ReadonlyArray<MobileOrder>>;
};


/** The launch screen. Its sections fail one by one. */
export type HomeActiveOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The launch screen. Its sections fail one by one. */
export type HomeAvatarUrlArgs = {
  px?: InputMaybe<Scalars['Int']['input']>;
};


/** The launch screen. Its sections fail one by one. */
export type HomeRecentOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A button. */
export type MobileAction = {
  readonly __typename?: 'MobileAction';
  /** The screen of this app that does it; null where the app does it by itself. */
  readonly deepLink?: Maybe<Scalars['URL']['output']>;
  /** False is drawn, but greyed out. */
  readonly enabled: Scalars['Boolean']['output'];
  /** CANCEL, PAY, TRACK or REORDER; new kinds may appear and work by their `deepLink`. */
  readonly kind: Scalars['String']['output'];
  readonly label: Scalars['String']['output'];
};

/** Which order to end. */
export type MobileCancelOrderInput = {
  /** Made by the app for this one intention, for example a UUID; 1 to 255 characters. Keep it until there is an answer. */
  readonly idempotencyKey: Scalars['String']['input'];
  readonly orderId: Scalars['ID']['input'];
};

/** The same idempotencyKey with other input is a problem with code IDEMPOTENCY_KEY_REUSED and RETRY_NEW_ATTEMPT. */
export type MobileCancelOrderResult = MobileCancelOrderSuccess | MobileProblem;

/** The order is cancelled, or will be. */
export type MobileCancelOrderSuccess = {
  readonly __typename?: 'MobileCancelOrderSuccess';
  /** Already localised. */
  readonly confirmationText: Scalars['String']['output'];
  /** Null when it can't be read again; the cancellation stands. */
  readonly order?: Maybe<MobileOrder>;
};

/** One line of the order. */
export type MobileItem = {
  readonly __typename?: 'MobileItem';
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** Null if the article has none. */
  readonly imageUrl?: Maybe<Scalars['URL']['output']>;
  /** Pieces. */
  readonly quantity: Scalars['Int']['output'];
  readonly title: Scalars['String']['output'];
  /** For all pieces, with the currency's sign. */
  readonly totalText: Scalars['String']['output'];
};


/** One line of the order. */
export type MobileItemImageUrlArgs = {
  px?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of items. */
export type MobileItemConnection = {
  readonly __typename?: 'MobileItemConnection';
  readonly edges: ReadonlyArray<MobileItemEdge>;
  readonly pageInfo: PageInfo;
};

/** An item and its place in the list. */
export type MobileItemEdge = {
  readonly __typename?: 'MobileItemEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: MobileItem;
};

/** An order, ready to draw. */
export type MobileOrder = Node & {
  readonly __typename?: 'MobileOrder';
  /** Buttons, in the order to draw them. */
  readonly actions?: Maybe<ReadonlyArray<MobileAction>>;
  /** Opaque, stable. */
  readonly id: Scalars['ID']['output'];
  /** Pieces in all. */
  readonly itemCount?: Maybe<Scalars['Int']['output']>;
  /** What was ordered, in the order of the invoice. */
  readonly items?: Maybe<MobileItemConnection>;
  /** As printed on the invoice. */
  readonly number: Scalars['String']['output'];
  /** Null when the payment service cannot be reached. */
  readonly payment?: Maybe<MobilePaymentSummary>;
  /** The raw instant, for builds that draw it themselves. */
  readonly placedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Already localised, in the caller's time zone. */
  readonly placedAtText?: Maybe<Scalars['String']['output']>;
  /**
   * The status in words, without payment or delivery.
   * @deprecated Use statusText. since=2026-03 removeAfter=2028-05 minMobile=1.0.0
   */
  readonly statusLabel?: Maybe<Scalars['String']['output']>;
  /** Already localised, e.g. for a list row. */
  readonly statusText?: Maybe<Scalars['String']['output']>;
  /** Closed set the app draws icons from; anything new upstream maps to NEUTRAL. */
  readonly statusTone: StatusTone;
  /** Picture of the first item; null if there is none. */
  readonly thumbnailUrl?: Maybe<Scalars['URL']['output']>;
  /** What was ordered, in few words: `Wool socks and 2 more`. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** With the currency's sign. */
  readonly totalText?: Maybe<Scalars['String']['output']>;
  /** Null before anything was handed to a carrier. */
  readonly tracking?: Maybe<Tracking>;
};


/** An order, ready to draw. */
export type MobileOrderItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An order, ready to draw. */
export type MobileOrderThumbnailUrlArgs = {
  px?: InputMaybe<Scalars['Int']['input']>;
};

/** One page of orders. */
export type MobileOrderConnection = {
  readonly __typename?: 'MobileOrderConnection';
  readonly edges: ReadonlyArray<MobileOrderEdge>;
  readonly pageInfo: PageInfo;
};

/** An order and its place in the list. */
export type MobileOrderEdge = {
  readonly __typename?: 'MobileOrderEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: MobileOrder;
};

/** Exactly one of these. */
export type MobilePaymentSourceInput =
  { readonly applePayToken: Scalars['String']['input']; readonly googlePayToken?: never; readonly savedMethodId?: never; }
  |  { readonly applePayToken?: never; readonly googlePayToken: Scalars['String']['input']; readonly savedMethodId?: never; }
  |  /** As in `SavedMethod.id`. */
  { readonly applePayToken?: never; readonly googlePayToken?: never; readonly savedMethodId: Scalars['ID']['input']; };

/** How the order is paid, in words. */
export type MobilePaymentSummary = {
  readonly __typename?: 'MobilePaymentSummary';
  /** Null when all is paid. */
  readonly amountDueText?: Maybe<Scalars['String']['output']>;
  /** Whether `quickPay` would be tried now. */
  readonly canPayNow: Scalars['Boolean']['output'];
  /** `Visa •••• 4242`; null if nothing was paid yet. */
  readonly methodText?: Maybe<Scalars['String']['output']>;
  /** Null unless money went back. */
  readonly refundedText?: Maybe<Scalars['String']['output']>;
  readonly statusText: Scalars['String']['output'];
  /** For the wallet sheet; null when all is paid. */
  readonly walletAmount?: Maybe<WalletAmount>;
};

/** One problem type on purpose: old builds can always show `message` and honour `retry`. */
export type MobileProblem = {
  readonly __typename?: 'MobileProblem';
  /** Stable word for programs. */
  readonly code: Scalars['String']['output'];
  /** The input field at fault; null if it is not one field. */
  readonly field?: Maybe<Scalars['String']['output']>;
  /** For people, already localised. */
  readonly message: Scalars['String']['output'];
  readonly retry: RetryAdvice;
  /** How long to wait first; null if that doesn't matter. */
  readonly retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/**
 * What the app can change. Whatever can go wrong is a `MobileProblem`; `errors` is for our own bugs. Repeat a mutation
 * only with the same `idempotencyKey`, unless the problem says RETRY_NEW_ATTEMPT.
 */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Cancels an order that has not shipped. */
  readonly cancelOrder: MobileCancelOrderResult;
  /** Pays what is still open of an order. */
  readonly quickPay: QuickPayResult;
  /** Tells where to send notifications; repeating it is harmless. */
  readonly registerPushToken: RegisterPushTokenResult;
};


/**
 * What the app can change. Whatever can go wrong is a `MobileProblem`; `errors` is for our own bugs. Repeat a mutation
 * only with the same `idempotencyKey`, unless the problem says RETRY_NEW_ATTEMPT.
 */
export type MutationCancelOrderArgs = {
  input: MobileCancelOrderInput;
};


/**
 * What the app can change. Whatever can go wrong is a `MobileProblem`; `errors` is for our own bugs. Repeat a mutation
 * only with the same `idempotencyKey`, unless the problem says RETRY_NEW_ATTEMPT.
 */
export type MutationQuickPayArgs = {
  input: QuickPayInput;
};


/**
 * What the app can change. Whatever can go wrong is a `MobileProblem`; `errors` is for our own bugs. Repeat a mutation
 * only with the same `idempotencyKey`, unless the problem says RETRY_NEW_ATTEMPT.
 */
export type MutationRegisterPushTokenArgs = {
  input: RegisterPushTokenInput;
};

/** A record with an id that is unique across all types, so that a client may keep one normalised cache for everything. */
export type Node = {
  /** Opaque; the same record has the same id in every field and for ever. */
  readonly id: Scalars['ID']['output'];
};

/** Which orders to list. */
export type OrderScope =
  /** Neither completed nor cancelled. */
  | 'ACTIVE'
  | 'ALL'
  /** Completed or cancelled. */
  | 'PAST';

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

/** Who delivers the notification. */
export type PushPlatform =
  | 'APNS'
  | 'FCM';

/**
 * What the app can read. Texts are localised by `Accept-Language` and `X-Time-Zone`, ready to draw. A field is null, with
 * an entry in `errors`, when the service behind it can't answer: keep what was shown last.
 */
export type Query = {
  readonly __typename?: 'Query';
  /**
   * Is this build still supported; served even to versions that are otherwise blocked. An app that can't get an answer
   * must carry on as if supported.
   */
  readonly appStatus: AppStatus;
  /** One round trip for the launch screen. */
  readonly home?: Maybe<Home>;
  /** Any record by its id. */
  readonly node?: Maybe<Node>;
  /** One order of the caller's own; null if there is none. */
  readonly order?: Maybe<MobileOrder>;
  /** The caller's orders, newest first. */
  readonly orders?: Maybe<MobileOrderConnection>;
  /** Saved ways to pay, the default one first. */
  readonly savedMethods?: Maybe<ReadonlyArray<SavedMethod>>;
};


/**
 * What the app can read. Texts are localised by `Accept-Language` and `X-Time-Zone`, ready to draw. A field is null, with
 * an entry in `errors`, when the service behind it can't answer: keep what was shown last.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What the app can read. Texts are localised by `Accept-Language` and `X-Time-Zone`, ready to draw. A field is null, with
 * an entry in `errors`, when the service behind it can't answer: keep what was shown last.
 */
export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What the app can read. Texts are localised by `Accept-Language` and `X-Time-Zone`, ready to draw. A field is null, with
 * an entry in `errors`, when the service behind it can't answer: keep what was shown last.
 */
export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<OrderScope>;
};

/** Which order to pay, and with what. */
export type QuickPayInput = {
  /** Made by the app for this one intention, for example a UUID; 1 to 255 characters. Keep it until there is an answer. */
  readonly idempotencyKey: Scalars['String']['input'];
  readonly orderId: Scalars['ID']['input'];
  readonly source: MobilePaymentSourceInput;
};

/** The same idempotencyKey with other input is a problem with code IDEMPOTENCY_KEY_REUSED and RETRY_NEW_ATTEMPT. */
export type QuickPayResult = MobileProblem | QuickPaySuccess;

/** The payment is on its way. */
export type QuickPaySuccess = {
  readonly __typename?: 'QuickPaySuccess';
  /** Already localised. */
  readonly confirmationText: Scalars['String']['output'];
  /** Open it: the payer's bank wants to see them. Null if there is nothing to do. */
  readonly nextActionUrl?: Maybe<Scalars['URL']['output']>;
  /** Null when it can't be read again: a charged payment must never look failed because orders is down. */
  readonly order?: Maybe<MobileOrder>;
};

/** Where to send notifications. */
export type RegisterPushTokenInput = {
  readonly platform: PushPlatform;
  /** As the platform gave it to the app. */
  readonly token: Scalars['String']['input'];
};

/** What became of it. */
export type RegisterPushTokenResult = MobileProblem | RegisterPushTokenSuccess;

/** Notifications will arrive. */
export type RegisterPushTokenSuccess = {
  readonly __typename?: 'RegisterPushTokenSuccess';
  /** Always true. */
  readonly ok: Scalars['Boolean']['output'];
};

/** What to do next. */
export type RetryAdvice =
  /** It won't help. */
  | 'DO_NOT_RETRY'
  /** It did not work: let the customer change something, then use a new idempotencyKey. */
  | 'RETRY_NEW_ATTEMPT'
  /** It may have worked, or may work later: same idempotencyKey, so that nothing happens twice. */
  | 'RETRY_SAME_KEY';

/** A saved way to pay. */
export type SavedMethod = {
  readonly __typename?: 'SavedMethod';
  /** Opaque, stable; send it as `savedMethodId`. */
  readonly id: Scalars['ID']['output'];
  /** Whether to start with it. One at most. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** `Visa •••• 4242`. */
  readonly label: Scalars['String']['output'];
};

/** How loudly to say it. */
export type Severity =
  | 'CRITICAL'
  | 'INFO'
  | 'WARNING';

/** How the status feels. */
export type StatusTone =
  | 'ERROR'
  | 'NEUTRAL'
  | 'PROGRESS'
  | 'SUCCESS'
  | 'WARNING';

/** Where the parcel is. */
export type Tracking = {
  readonly __typename?: 'Tracking';
  /** A second line: carrier and number. */
  readonly detail?: Maybe<Scalars['String']['output']>;
  /** The raw instant, for builds that draw it themselves. */
  readonly etaAt?: Maybe<Scalars['DateTime']['output']>;
  /** Already localised, in the caller's time zone. */
  readonly etaText?: Maybe<Scalars['String']['output']>;
  /** One line: `Arrives tomorrow`. */
  readonly headline: Scalars['String']['output'];
  /** 0 to 100. Falls back only when a parcel that was out for delivery is held up. */
  readonly progressPercent: Scalars['Int']['output'];
  /** Suggested wait before asking again. */
  readonly refreshAfterSeconds: Scalars['Int']['output'];
  /** From order to door, oldest first. */
  readonly steps: ReadonlyArray<TrackingStep>;
  /** The carrier's own page. */
  readonly trackingUrl?: Maybe<Scalars['URL']['output']>;
};

/** One station on the way. */
export type TrackingStep = {
  readonly __typename?: 'TrackingStep';
  readonly done: Scalars['Boolean']['output'];
  readonly label: Scalars['String']['output'];
  /** Already localised; null until it happened. */
  readonly timeText?: Maybe<Scalars['String']['output']>;
};

/** For the wallet sheet: minor units as a string. */
export type WalletAmount = {
  readonly __typename?: 'WalletAmount';
  /** ISO 4217. */
  readonly currency: Scalars['String']['output'];
  /** Digits only, in the currency's minor unit. */
  readonly minor: Scalars['String']['output'];
};



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
  MobileCancelOrderResult:
    | ( Cancelled & { __typename: 'MobileCancelOrderSuccess' } )
    | ( MobileProblem & { __typename: 'MobileProblem' } )
  ;
  QuickPayResult:
    | ( MobileProblem & { __typename: 'MobileProblem' } )
    | ( PaidOrder & { __typename: 'QuickPaySuccess' } )
  ;
  RegisterPushTokenResult:
    | ( MobileProblem & { __typename: 'MobileProblem' } )
    | ( RegisterPushTokenSuccess & { __typename: 'RegisterPushTokenSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: ( OrderRecord );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AppStatus: ResolverTypeWrapper<AppStatus>;
  AppSupport: AppSupport;
  AttentionItem: ResolverTypeWrapper<AttentionItem>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Home: ResolverTypeWrapper<HomeScreen>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  MobileAction: ResolverTypeWrapper<MobileAction>;
  MobileCancelOrderInput: MobileCancelOrderInput;
  MobileCancelOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MobileCancelOrderResult']>;
  MobileCancelOrderSuccess: ResolverTypeWrapper<Cancelled>;
  MobileItem: ResolverTypeWrapper<LineItemRecord>;
  MobileItemConnection: ResolverTypeWrapper<LineItemPage>;
  MobileItemEdge: ResolverTypeWrapper<LineItemPageEdge>;
  MobileOrder: ResolverTypeWrapper<OrderRecord>;
  MobileOrderConnection: ResolverTypeWrapper<OrderPage>;
  MobileOrderEdge: ResolverTypeWrapper<OrderPageEdge>;
  MobilePaymentSourceInput: MobilePaymentSourceInput;
  MobilePaymentSummary: ResolverTypeWrapper<OrderRecord>;
  MobileProblem: ResolverTypeWrapper<MobileProblem>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OrderScope: OrderScope;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PushPlatform: PushPlatform;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QuickPayInput: QuickPayInput;
  QuickPayResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['QuickPayResult']>;
  QuickPaySuccess: ResolverTypeWrapper<PaidOrder>;
  RegisterPushTokenInput: RegisterPushTokenInput;
  RegisterPushTokenResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterPushTokenResult']>;
  RegisterPushTokenSuccess: ResolverTypeWrapper<RegisterPushTokenSuccess>;
  RetryAdvice: RetryAdvice;
  SavedMethod: ResolverTypeWrapper<PaymentMethodRecord>;
  Severity: Severity;
  StatusTone: StatusTone;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Tracking: ResolverTypeWrapper<Tracking>;
  TrackingStep: ResolverTypeWrapper<TrackingStep>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  WalletAmount: ResolverTypeWrapper<WalletAmount>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AppStatus: AppStatus;
  AttentionItem: AttentionItem;
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  Home: HomeScreen;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  MobileAction: MobileAction;
  MobileCancelOrderInput: MobileCancelOrderInput;
  MobileCancelOrderResult: ResolversUnionTypes<ResolversParentTypes>['MobileCancelOrderResult'];
  MobileCancelOrderSuccess: Cancelled;
  MobileItem: LineItemRecord;
  MobileItemConnection: LineItemPage;
  MobileItemEdge: LineItemPageEdge;
  MobileOrder: OrderRecord;
  MobileOrderConnection: OrderPage;
  MobileOrderEdge: OrderPageEdge;
  MobilePaymentSourceInput: MobilePaymentSourceInput;
  MobilePaymentSummary: OrderRecord;
  MobileProblem: MobileProblem;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  QuickPayInput: QuickPayInput;
  QuickPayResult: ResolversUnionTypes<ResolversParentTypes>['QuickPayResult'];
  QuickPaySuccess: PaidOrder;
  RegisterPushTokenInput: RegisterPushTokenInput;
  RegisterPushTokenResult: ResolversUnionTypes<ResolversParentTypes>['RegisterPushTokenResult'];
  RegisterPushTokenSuccess: RegisterPushTokenSuccess;
  SavedMethod: PaymentMethodRecord;
  String: Scalars['String']['output'];
  Tracking: Tracking;
  TrackingStep: TrackingStep;
  URL: Scalars['URL']['output'];
  WalletAmount: WalletAmount;
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

export type AppStatusResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AppStatus'] = ResolversParentTypes['AppStatus']> = {
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  storeUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  support?: Resolver<ResolversTypes['AppSupport'], ParentType, ContextType>;
};

export type AttentionItemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['AttentionItem'] = ResolversParentTypes['AttentionItem']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deepLink?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type HomeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Home'] = ResolversParentTypes['Home']> = {
  activeOrders?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MobileOrder']>>, ParentType, ContextType, RequireFields<HomeActiveOrdersArgs, 'first'>>;
  attention?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AttentionItem']>>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType, RequireFields<HomeAvatarUrlArgs, 'px'>>;
  greeting?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recentOrders?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MobileOrder']>>, ParentType, ContextType, RequireFields<HomeRecentOrdersArgs, 'first'>>;
};

export type MobileActionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileAction'] = ResolversParentTypes['MobileAction']> = {
  deepLink?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MobileCancelOrderResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileCancelOrderResult'] = ResolversParentTypes['MobileCancelOrderResult']> = {
  __resolveType: TypeResolveFn<'MobileCancelOrderSuccess' | 'MobileProblem', ParentType, ContextType>;
};

export type MobileCancelOrderSuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileCancelOrderSuccess'] = ResolversParentTypes['MobileCancelOrderSuccess']> = {
  confirmationText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['MobileOrder']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MobileItemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileItem'] = ResolversParentTypes['MobileItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType, RequireFields<MobileItemImageUrlArgs, 'px'>>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totalText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MobileItemConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileItemConnection'] = ResolversParentTypes['MobileItemConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MobileItemEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MobileItemEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileItemEdge'] = ResolversParentTypes['MobileItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MobileItem'], ParentType, ContextType>;
};

export type MobileOrderResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileOrder'] = ResolversParentTypes['MobileOrder']> = {
  actions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MobileAction']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  itemCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  items?: Resolver<Maybe<ResolversTypes['MobileItemConnection']>, ParentType, ContextType, RequireFields<MobileOrderItemsArgs, 'first'>>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['MobilePaymentSummary']>, ParentType, ContextType>;
  placedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  placedAtText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusLabel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusTone?: Resolver<ResolversTypes['StatusTone'], ParentType, ContextType>;
  thumbnailUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType, RequireFields<MobileOrderThumbnailUrlArgs, 'px'>>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  totalText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tracking?: Resolver<Maybe<ResolversTypes['Tracking']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MobileOrderConnectionResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileOrderConnection'] = ResolversParentTypes['MobileOrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MobileOrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MobileOrderEdgeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileOrderEdge'] = ResolversParentTypes['MobileOrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MobileOrder'], ParentType, ContextType>;
};

export type MobilePaymentSummaryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobilePaymentSummary'] = ResolversParentTypes['MobilePaymentSummary']> = {
  amountDueText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  canPayNow?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  methodText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refundedText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  walletAmount?: Resolver<Maybe<ResolversTypes['WalletAmount']>, ParentType, ContextType>;
};

export type MobileProblemResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['MobileProblem'] = ResolversParentTypes['MobileProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retry?: Resolver<ResolversTypes['RetryAdvice'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelOrder?: Resolver<ResolversTypes['MobileCancelOrderResult'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  quickPay?: Resolver<ResolversTypes['QuickPayResult'], ParentType, ContextType, RequireFields<MutationQuickPayArgs, 'input'>>;
  registerPushToken?: Resolver<ResolversTypes['RegisterPushTokenResult'], ParentType, ContextType, RequireFields<MutationRegisterPushTokenArgs, 'input'>>;
};

export type NodeResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'MobileOrder', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  appStatus?: Resolver<ResolversTypes['AppStatus'], ParentType, ContextType>;
  home?: Resolver<Maybe<ResolversTypes['Home']>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  order?: Resolver<Maybe<ResolversTypes['MobileOrder']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orders?: Resolver<Maybe<ResolversTypes['MobileOrderConnection']>, ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first' | 'scope'>>;
  savedMethods?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SavedMethod']>>, ParentType, ContextType>;
};

export type QuickPayResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['QuickPayResult'] = ResolversParentTypes['QuickPayResult']> = {
  __resolveType: TypeResolveFn<'MobileProblem' | 'QuickPaySuccess', ParentType, ContextType>;
};

export type QuickPaySuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['QuickPaySuccess'] = ResolversParentTypes['QuickPaySuccess']> = {
  confirmationText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextActionUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['MobileOrder']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RegisterPushTokenResultResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RegisterPushTokenResult'] = ResolversParentTypes['RegisterPushTokenResult']> = {
  __resolveType: TypeResolveFn<'MobileProblem' | 'RegisterPushTokenSuccess', ParentType, ContextType>;
};

export type RegisterPushTokenSuccessResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['RegisterPushTokenSuccess'] = ResolversParentTypes['RegisterPushTokenSuccess']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SavedMethodResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['SavedMethod'] = ResolversParentTypes['SavedMethod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrackingResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['Tracking'] = ResolversParentTypes['Tracking']> = {
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  etaAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  etaText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  headline?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  progressPercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refreshAfterSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['TrackingStep']>, ParentType, ContextType>;
  trackingUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type TrackingStepResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['TrackingStep'] = ResolversParentTypes['TrackingStep']> = {
  done?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type WalletAmountResolvers<ContextType = ResolverContext, ParentType extends ResolversParentTypes['WalletAmount'] = ResolversParentTypes['WalletAmount']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = ResolverContext> = {
  AppStatus?: AppStatusResolvers<ContextType>;
  AttentionItem?: AttentionItemResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Home?: HomeResolvers<ContextType>;
  MobileAction?: MobileActionResolvers<ContextType>;
  MobileCancelOrderResult?: MobileCancelOrderResultResolvers<ContextType>;
  MobileCancelOrderSuccess?: MobileCancelOrderSuccessResolvers<ContextType>;
  MobileItem?: MobileItemResolvers<ContextType>;
  MobileItemConnection?: MobileItemConnectionResolvers<ContextType>;
  MobileItemEdge?: MobileItemEdgeResolvers<ContextType>;
  MobileOrder?: MobileOrderResolvers<ContextType>;
  MobileOrderConnection?: MobileOrderConnectionResolvers<ContextType>;
  MobileOrderEdge?: MobileOrderEdgeResolvers<ContextType>;
  MobilePaymentSummary?: MobilePaymentSummaryResolvers<ContextType>;
  MobileProblem?: MobileProblemResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QuickPayResult?: QuickPayResultResolvers<ContextType>;
  QuickPaySuccess?: QuickPaySuccessResolvers<ContextType>;
  RegisterPushTokenResult?: RegisterPushTokenResultResolvers<ContextType>;
  RegisterPushTokenSuccess?: RegisterPushTokenSuccessResolvers<ContextType>;
  SavedMethod?: SavedMethodResolvers<ContextType>;
  Tracking?: TrackingResolvers<ContextType>;
  TrackingStep?: TrackingStepResolvers<ContextType>;
  URL?: GraphQLScalarType;
  WalletAmount?: WalletAmountResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = ResolverContext> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  closed?: ClosedDirectiveResolver<any, any, ContextType>;
  cost?: CostDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  semanticNonNull?: SemanticNonNullDirectiveResolver<any, any, ContextType>;
};
